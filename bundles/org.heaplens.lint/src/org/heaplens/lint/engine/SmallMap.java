// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A map from int to objects that has few keys, in the order of the keys. Immutable: a change makes a copy, which for a
 * handful of keys costs less than sharing would.
 */
final class SmallMap<V> {
	private final int[] keys;
	private final List<V> values;
	private final int hash;

	private SmallMap(int[] keys, List<V> values) {
		this.keys = keys;
		this.values = values;
		this.hash = 31 * Arrays.hashCode(keys) + values.hashCode();
	}

	static <V> SmallMap<V> empty() {
		return new SmallMap<>(new int[0], List.of());
	}

	int size() {
		return keys.length;
	}

	int key(int index) {
		return keys[index];
	}

	V value(int index) {
		return values.get(index);
	}

	/** The index of the first key that is not smaller. */
	int from(int key) {
		int found = Arrays.binarySearch(keys, key);
		return found >= 0 ? found : -found - 1;
	}

	boolean has(int key) {
		return Arrays.binarySearch(keys, key) >= 0;
	}

	V get(int key, V otherwise) {
		int found = Arrays.binarySearch(keys, key);
		return found >= 0 ? values.get(found) : otherwise;
	}

	Optional<V> find(int key) {
		int found = Arrays.binarySearch(keys, key);
		return found >= 0 ? Optional.of(values.get(found)) : Optional.empty();
	}

	SmallMap<V> with(int key, V value) {
		int found = Arrays.binarySearch(keys, key);
		if (found >= 0) {
			if (values.get(found).equals(value)) {
				return this;
			}
			var changed = new ArrayList<>(values);
			changed.set(found, value);
			return new SmallMap<>(keys, changed);
		}
		int at = -found - 1;
		int[] moreKeys = new int[keys.length + 1];
		System.arraycopy(keys, 0, moreKeys, 0, at);
		moreKeys[at] = key;
		System.arraycopy(keys, at, moreKeys, at + 1, keys.length - at);
		var moreValues = new ArrayList<V>(keys.length + 1);
		moreValues.addAll(values.subList(0, at));
		moreValues.add(value);
		moreValues.addAll(values.subList(at, values.size()));
		return new SmallMap<>(moreKeys, moreValues);
	}

	SmallMap<V> without(int key) {
		int found = Arrays.binarySearch(keys, key);
		if (found < 0) {
			return this;
		}
		int[] fewerKeys = new int[keys.length - 1];
		System.arraycopy(keys, 0, fewerKeys, 0, found);
		System.arraycopy(keys, found + 1, fewerKeys, found, fewerKeys.length - found);
		var fewerValues = new ArrayList<>(values);
		fewerValues.remove(found);
		return new SmallMap<>(fewerKeys, fewerValues);
	}

	@Override
	public boolean equals(@Nullable Object object) {
		return object instanceof SmallMap<?> other && hash == other.hash && Arrays.equals(keys, other.keys)
				&& values.equals(other.values);
	}

	@Override
	public int hashCode() {
		return hash;
	}
}
