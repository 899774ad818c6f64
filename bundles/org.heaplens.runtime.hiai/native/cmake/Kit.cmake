# SPDX-FileCopyrightText: 2026 HeapLens contributors
# SPDX-License-Identifier: EPL-2.0
#
# A folder in the layout of the vendor's kit, for build files that were written for it: DDK_HOME=.../ddk. The names under which
# applications link the vendor's libraries are linker scripts here, which all lead to the one library.
set(HEAPLENS_KIT_LIBRARIES
	# Matrix and what it stands on
	matrix matrixdaemon hiai_common hiai_server hiai_client hiaiengine memory profilerclient mmpa slog c_sec idedaemon runtime
	# drivers
	drvdevdrv drvhdc drvhdc_host drvaicpu drvtcp devmm
	# media
	Dvpp_api Dvpp_jpeg_decoder Dvpp_jpeg_encoder Dvpp_png_decoder Dvpp_vpc media_mini
	# models
	ome fmk_common cce cce_aicore cce_aicpudev aicpu_engine
	# What configurations are made of, which applications link for their sake; who uses more of it needs the system's
	protobuf)
foreach(folder IN ITEMS host/lib device/lib lib64)
	string(REGEX REPLACE "[^/]+" ".." back ddk/${folder})
	foreach(name IN LISTS HEAPLENS_KIT_LIBRARIES)
		set(script ${CMAKE_CURRENT_BINARY_DIR}/ddk/${folder}/lib${name}.so)
		file(CONFIGURE OUTPUT ${script} CONTENT "INPUT(${back}/lib/libheaplens_hiai.so)\n")
		install(FILES ${script} DESTINATION ddk/${folder} COMPONENT heaplens)
	endforeach()
endforeach()

# Most build files take include/inc; some take include, and find the same there.
foreach(folder IN ITEMS include include/inc)
	install(DIRECTORY hiaiengine/include/ DESTINATION ddk/${folder} COMPONENT heaplens FILES_MATCHING PATTERN "*.h")
endforeach()
# The kit's own protobuf, as far as configurations need it.
install(DIRECTORY hiaiengine/protobuf/ DESTINATION ddk/include/third_party/protobuf/include COMPONENT heaplens FILES_MATCHING PATTERN "*.h")
install(DIRECTORY hiaiengine/libc_sec/ DESTINATION ddk/include/libc_sec/include COMPONENT heaplens FILES_MATCHING PATTERN "*.h")
