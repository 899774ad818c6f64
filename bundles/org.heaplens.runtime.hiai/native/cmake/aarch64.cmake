# SPDX-FileCopyrightText: 2026 HeapLens contributors
# SPDX-License-Identifier: EPL-2.0
#
# Debian's cross compiler for aarch64; programs run here under qemu-user. The script beside this file fetches the libraries.
set(HEAPLENS_SYSROOT ${CMAKE_CURRENT_LIST_DIR}/../../target/native/sysroot)
if(NOT EXISTS ${HEAPLENS_SYSROOT}/complete)
	message(FATAL_ERROR "the libraries for aarch64 are not here; native/cmake/sysroot ${HEAPLENS_SYSROOT} fetches them")
endif()
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
list(APPEND CMAKE_FIND_ROOT_PATH ${HEAPLENS_SYSROOT}/root)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static -L ${HEAPLENS_SYSROOT}/root)
