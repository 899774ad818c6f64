// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef PIPELINE_PROGRESS_H
#define PIPELINE_PROGRESS_H

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>

/** What has become of the frames so far, and how many are under way. Threads share it. */
class Progress {
public:
	/** @param most frames that may be under way at once */
	explicit Progress(uint32_t most) : most_(most) {}

	/** Waits until another frame may be sent on its way. */
	void depart();
	/** Waits until no frame is under way; false if that takes longer. */
	bool finish(uint32_t seconds);

	void arrived(uint32_t number, uint32_t edges, int32_t thumbnailSum);
	void skipped();
	void refused();
	void lost(uint32_t number, const std::string& reason);
	std::string summary() const;

private:
	void land();

	const uint32_t most_;
	mutable std::mutex lock_;
	std::condition_variable landed_;
	uint32_t underWay_ = 0;
	uint32_t arrived_ = 0;
	uint32_t skipped_ = 0;
	uint32_t refused_ = 0;
	uint32_t lost_ = 0;
	uint64_t edges_ = 0;
	uint64_t checksum_ = 0;
};

#endif
