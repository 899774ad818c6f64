# SPDX-FileCopyrightText: 2026 HeapLens contributors
# SPDX-License-Identifier: EPL-2.0
#
# What users of the library find: the library, its headers, a CMake package, a pkg-config file, and a folder that looks like the
# vendor's kit. Everything is found from where it lies, so the tree may be moved. It holds no links: archives of bundles lose them.
include(CMakePackageConfigHelpers)
set(HEAPLENS_LIBRARY_FOLDER lib)
set(HEAPLENS_PACKAGE_FOLDER ${HEAPLENS_LIBRARY_FOLDER}/cmake/HeapLens)

set_target_properties(heaplens_hiai PROPERTIES EXPORT_NAME hiai)

install(TARGETS heaplens_hiai EXPORT heaplens
	LIBRARY DESTINATION ${HEAPLENS_LIBRARY_FOLDER} COMPONENT heaplens INCLUDES DESTINATION include)
install(DIRECTORY hiaiengine/include/ DESTINATION include COMPONENT heaplens FILES_MATCHING PATTERN "*.h")
install(DIRECTORY hiaiengine/libc_sec/ DESTINATION include COMPONENT heaplens FILES_MATCHING PATTERN "*.h")
install(EXPORT heaplens NAMESPACE HeapLens:: FILE HeapLensTargets.cmake DESTINATION ${HEAPLENS_PACKAGE_FOLDER} COMPONENT heaplens)
configure_package_config_file(cmake/HeapLensConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/HeapLensConfig.cmake
	INSTALL_DESTINATION ${HEAPLENS_PACKAGE_FOLDER})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/HeapLensConfigVersion.cmake COMPATIBILITY SameMajorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/HeapLensConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/HeapLensConfigVersion.cmake
	DESTINATION ${HEAPLENS_PACKAGE_FOLDER} COMPONENT heaplens)
configure_file(cmake/heaplens-hiai.pc.in ${CMAKE_CURRENT_BINARY_DIR}/heaplens-hiai.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/heaplens-hiai.pc DESTINATION ${HEAPLENS_LIBRARY_FOLDER}/pkgconfig COMPONENT heaplens)
include(cmake/Kit.cmake)

# What has to be built for all of this, without tests.
add_custom_target(heaplens_package DEPENDS heaplens_hiai)
if(TARGET heaplens_jni)
	# Java looks for it here.
	install(TARGETS heaplens_jni LIBRARY DESTINATION . COMPONENT heaplens)
	add_dependencies(heaplens_package heaplens_jni)
endif()
