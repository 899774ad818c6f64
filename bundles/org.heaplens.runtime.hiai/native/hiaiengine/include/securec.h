// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef SECUREC_H
#define SECUREC_H

/**
 * The functions with bounds that come with the vendor's kit: copies and formats that fail, with the destination emptied, where
 * those of C would write beyond its end. Sizes are bytes; `destMax` is all that the destination has.
 */

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#ifndef errno_t
typedef int errno_t;
#endif

#ifndef EOK
#define EOK 0
#endif
#ifndef EINVAL_AND_RESET
#define EINVAL_AND_RESET 150
#endif
#ifndef ERANGE_AND_RESET
#define ERANGE_AND_RESET 162
#endif
#ifndef SECUREC_MEM_MAX_LEN
#define SECUREC_MEM_MAX_LEN 0x7fffffffUL
#endif

#ifdef __cplusplus
#define HIAI_SECUREC_INLINE inline
#else
#define HIAI_SECUREC_INLINE static inline
#endif

HIAI_SECUREC_INLINE errno_t memset_s(void* dest, size_t destMax, int value, size_t count) {
	if (dest == NULL) {
		return EINVAL;
	}
	memset(dest, value, count <= destMax ? count : destMax);
	return count <= destMax ? EOK : ERANGE_AND_RESET;
}

HIAI_SECUREC_INLINE errno_t memmove_s(void* dest, size_t destMax, const void* src, size_t count) {
	if (dest == NULL) {
		return EINVAL;
	}
	if (src == NULL || count > destMax) {
		memset(dest, 0, destMax);
		return src == NULL ? EINVAL_AND_RESET : ERANGE_AND_RESET;
	}
	memmove(dest, src, count);
	return EOK;
}

HIAI_SECUREC_INLINE errno_t memcpy_s(void* dest, size_t destMax, const void* src, size_t count) {
	return memmove_s(dest, destMax, src, count);
}

/** Of the source, at most `count` characters; the end is always written. */
HIAI_SECUREC_INLINE errno_t strncpy_s(char* dest, size_t destMax, const char* src, size_t count) {
	size_t length;
	if (dest == NULL || destMax == 0) {
		return EINVAL;
	}
	length = src == NULL ? 0 : strnlen(src, count);
	if (src == NULL || length >= destMax) {
		dest[0] = '\0';
		return src == NULL ? EINVAL_AND_RESET : ERANGE_AND_RESET;
	}
	memmove(dest, src, length);
	dest[length] = '\0';
	return EOK;
}

HIAI_SECUREC_INLINE errno_t strcpy_s(char* dest, size_t destMax, const char* src) {
	return strncpy_s(dest, destMax, src, SIZE_MAX);
}

HIAI_SECUREC_INLINE errno_t strncat_s(char* dest, size_t destMax, const char* src, size_t count) {
	size_t used;
	errno_t result;
	if (dest == NULL || destMax == 0) {
		return EINVAL;
	}
	used = strnlen(dest, destMax);
	result = used == destMax ? EINVAL_AND_RESET : strncpy_s(dest + used, destMax - used, src, count);
	if (result != EOK) {
		dest[0] = '\0';
	}
	return result;
}

HIAI_SECUREC_INLINE errno_t strcat_s(char* dest, size_t destMax, const char* src) {
	return strncat_s(dest, destMax, src, SIZE_MAX);
}

/** @return characters written; -1 if there are more than fit */
HIAI_SECUREC_INLINE int vsnprintf_s(char* dest, size_t destMax, size_t count, const char* format, va_list values) {
	int length;
	if (dest == NULL || destMax == 0 || format == NULL) {
		return -1;
	}
	length = vsnprintf(dest, count < destMax ? count + 1 : destMax, format, values);
	if (length < 0 || ((size_t)length >= destMax && count >= destMax)) {
		dest[0] = '\0';
		return -1;
	}
	return (size_t)length > count ? -1 : length;
}

HIAI_SECUREC_INLINE int vsprintf_s(char* dest, size_t destMax, const char* format, va_list values) {
	return vsnprintf_s(dest, destMax, SIZE_MAX, format, values);
}

HIAI_SECUREC_INLINE int snprintf_s(char* dest, size_t destMax, size_t count, const char* format, ...) {
	int length;
	va_list values;
	va_start(values, format);
	length = vsnprintf_s(dest, destMax, count, format, values);
	va_end(values);
	return length;
}

HIAI_SECUREC_INLINE int sprintf_s(char* dest, size_t destMax, const char* format, ...) {
	int length;
	va_list values;
	va_start(values, format);
	length = vsprintf_s(dest, destMax, format, values);
	va_end(values);
	return length;
}

HIAI_SECUREC_INLINE char* strtok_s(char* text, const char* delimiters, char** context) {
	return strtok_r(text, delimiters, context);
}

#endif
