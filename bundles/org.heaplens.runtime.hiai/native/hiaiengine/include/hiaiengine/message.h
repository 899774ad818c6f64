// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_MESSAGE_H
#define HIAIENGINE_MESSAGE_H

/** The accessors that protobuf would generate, without protobuf: classes of configurations are made of these fields. */

#include <stddef.h>

#include <string>
#include <utility>
#include <vector>

// What protobuf's headers would declare, and applications name.
namespace google {
namespace protobuf {}
} // namespace google

namespace hiai {

/** A repeated field: as protobuf's, its size is an int. */
template <typename T>
class RepeatedField {
public:
	typedef T value_type;
	typedef typename std::vector<T>::iterator iterator;
	typedef typename std::vector<T>::const_iterator const_iterator;

	int size() const { return static_cast<int>(items_.size()); }
	bool empty() const { return items_.empty(); }
	const T& Get(int index) const { return items_[static_cast<size_t>(index)]; }
	const T& operator[](int index) const { return Get(index); }
	T* Mutable(int index) { return &items_[static_cast<size_t>(index)]; }
	void Set(int index, const T& value) { items_[static_cast<size_t>(index)] = value; }
	T* Add() {
		items_.push_back(T());
		return &items_.back();
	}
	void Add(const T& value) { items_.push_back(value); }
	void RemoveLast() { items_.pop_back(); }
	void Clear() { items_.clear(); }
	iterator begin() { return items_.begin(); }
	iterator end() { return items_.end(); }
	const_iterator begin() const { return items_.begin(); }
	const_iterator end() const { return items_.end(); }

private:
	std::vector<T> items_;
};

} // namespace hiai

#define HIAI_VALUE_FIELD(Type, name)                                                                                                       \
public:                                                                                                                                    \
	Type name() const { return name##_; }                                                                                                  \
	void set_##name(Type value) { name##_ = value; }                                                                                       \
	void clear_##name() { name##_ = Type(); }                                                                                              \
                                                                                                                                           \
private:                                                                                                                                   \
	Type name##_ = Type();

#define HIAI_STRING_FIELD(name)                                                                                                            \
public:                                                                                                                                    \
	const std::string& name() const { return name##_; }                                                                                    \
	void set_##name(const std::string& value) { name##_ = value; }                                                                         \
	void set_##name(const char* value) { name##_ = value; }                                                                                \
	void set_##name(const void* value, size_t size) { name##_.assign(static_cast<const char*>(value), size); }                             \
	std::string* mutable_##name() { return &name##_; }                                                                                     \
	void clear_##name() { name##_.clear(); }                                                                                               \
                                                                                                                                           \
private:                                                                                                                                   \
	std::string name##_;

#define HIAI_REPEATED_FIELD(Type, name)                                                                                                    \
public:                                                                                                                                    \
	const RepeatedField<Type>& name() const { return name##_; }                                                                            \
	const Type& name(int index) const { return name##_.Get(index); }                                                                       \
	int name##_size() const { return name##_.size(); }                                                                                     \
	Type* add_##name() { return name##_.Add(); }                                                                                           \
	void add_##name(const Type& value) { name##_.Add(value); }                                                                             \
	Type* mutable_##name(int index) { return name##_.Mutable(index); }                                                                     \
	RepeatedField<Type>* mutable_##name() { return &name##_; }                                                                             \
	void clear_##name() { name##_.Clear(); }                                                                                               \
                                                                                                                                           \
private:                                                                                                                                   \
	RepeatedField<Type> name##_;

#define HIAI_MESSAGE_FIELD(Type, name)                                                                                                     \
public:                                                                                                                                    \
	bool has_##name() const { return has_##name##_; }                                                                                      \
	const Type& name() const { return name##_; }                                                                                           \
	Type* mutable_##name() {                                                                                                               \
		has_##name##_ = true;                                                                                                              \
		return &name##_;                                                                                                                   \
	}                                                                                                                                      \
	void clear_##name() {                                                                                                                  \
		has_##name##_ = false;                                                                                                             \
		name##_ = Type();                                                                                                                  \
	}                                                                                                                                      \
                                                                                                                                           \
private:                                                                                                                                   \
	bool has_##name##_ = false;                                                                                                            \
	Type name##_;

/** What all of them have. */
#define HIAI_MESSAGE(Type)                                                                                                                 \
public:                                                                                                                                    \
	static const Type& default_instance() {                                                                                                \
		static const Type instance;                                                                                                        \
		return instance;                                                                                                                   \
	}                                                                                                                                      \
	void CopyFrom(const Type& other) { *this = other; }                                                                                    \
	void Clear() { *this = Type(); }                                                                                                       \
	void Swap(Type* other) { std::swap(*this, *other); }

#endif
