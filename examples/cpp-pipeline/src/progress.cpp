// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "progress.h"

#include <chrono>
#include <cinttypes>
#include <cstdio>

void Progress::depart() {
	std::unique_lock<std::mutex> held(lock_);
	landed_.wait(held, [this] { return underWay_ < most_; });
	underWay_++;
}

bool Progress::finish(uint32_t seconds) {
	std::unique_lock<std::mutex> held(lock_);
	return landed_.wait_for(held, std::chrono::seconds(seconds), [this] { return underWay_ == 0; });
}

void Progress::arrived(uint32_t number, uint32_t edges, int32_t thumbnailSum) {
	std::lock_guard<std::mutex> held(lock_);
	arrived_++;
	edges_ += edges;
	// A sum does not depend on the order in which frames arrive.
	checksum_ += static_cast<uint64_t>(static_cast<int64_t>(thumbnailSum) * (number + 1));
	land();
}

void Progress::skipped() {
	std::lock_guard<std::mutex> held(lock_);
	skipped_++;
	land();
}

void Progress::refused() {
	std::lock_guard<std::mutex> held(lock_);
	refused_++;
	land();
}

void Progress::lost(uint32_t number, const std::string& reason) {
	std::fprintf(stderr, "frame %u: %s\n", number, reason.c_str());
	std::lock_guard<std::mutex> held(lock_);
	lost_++;
	land();
}

void Progress::land() {
	underWay_--;
	landed_.notify_all();
}

std::string Progress::summary() const {
	std::lock_guard<std::mutex> held(lock_);
	char line[200];
	std::snprintf(line, sizeof line, "%u frames arrived, %u skipped, %u refused, %u lost; %" PRIu64 " edge pixels, checksum %016" PRIx64,
	              arrived_, skipped_, refused_, lost_, edges_, checksum_);
	return line;
}
