/* SPDX-FileCopyrightText: 2026 HeapLens contributors
 * SPDX-License-Identifier: EPL-2.0
 * What is declared before every file, so that nobody needs headers: without it the parser cannot tell a type from a value. */
typedef signed char int8_t;
typedef unsigned char uint8_t;
typedef short int16_t;
typedef unsigned short uint16_t;
typedef int int32_t;
typedef unsigned int uint32_t;
typedef long int64_t;
typedef unsigned long uint64_t;
typedef unsigned long size_t;
typedef long ssize_t;
typedef unsigned long uintptr_t;
typedef struct _IO_FILE FILE;
typedef unsigned int HIAI_StatusT;

#ifdef __cplusplus
namespace std {
using ::int8_t;
using ::uint8_t;
using ::int16_t;
using ::uint16_t;
using ::int32_t;
using ::uint32_t;
using ::int64_t;
using ::uint64_t;
using ::size_t;
template<class T> class shared_ptr {
};
template<class T> class weak_ptr;
template<class T, class D = void> class unique_ptr {
};
template<class T, class... A> shared_ptr<T> make_shared(A... a);
template<class T, class... A> unique_ptr<T> make_unique(A... a);
template<class T, class U> shared_ptr<T> static_pointer_cast(const shared_ptr<U>& u);
template<class T, class U> shared_ptr<T> dynamic_pointer_cast(const shared_ptr<U>& u);
template<class T> class vector;
template<class T> class list;
template<class T> class deque;
template<class T> class queue;
template<class T> class stack;
template<class T> class set;
template<class T> class optional;
template<class T> class function;
template<class T> class atomic;
template<class T> class lock_guard;
template<class T> class unique_lock;
template<class T, class U> class pair;
template<class T, class U> class map;
template<class T, class U> class unordered_map;
template<class T, unsigned long N> class array;
template<class T> T&& move(T& t);
class string;
class mutex;
class thread;
class exception;
class bad_alloc;
}
using std::shared_ptr; /* missing headers often say so */
using std::unique_ptr;
using std::weak_ptr;
using std::make_shared;
using std::make_unique;
using std::static_pointer_cast;
using std::vector;
using std::queue;
using std::list;
using std::map;
using std::string;
namespace hiai {
class Engine;
class Graph;
class HIAIMemory;
}
#endif
