// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/clock.h"
#include "heaplens/heap.h"
#include "heaplens/pool.h"
#include "heaplens/settings.h"
#include "heaplens/trace.h"

#include <memory>
#include <vector>

namespace heaplens {

/**
 * Host and devices in this process: a heap each, and the recording of all. What the C and C++ API and the graphs stand on. Threads share
 * it; its calls throw nothing and answer as the Java runtime's do.
 */
class Platform {
public:
	/** Records into no folder whatever the settings say; `record` begins. */
	Platform(const Settings& settings, Clock& clock);
	~Platform();
	Platform(const Platform&) = delete;
	Platform& operator=(const Platform&) = delete;

	/** That of this process, made by the first call as the environment says; it ends with the process and is never destroyed. */
	static Platform& ofProcess();
	/**
	 * Tells a setting of that platform, which wins over the environment: for those who start it from another language.
	 *
	 * @return false if it is there already, and so knows its settings
	 */
	static bool tell(const std::string& key, const std::string& value);

	const Settings& settings() const { return settings_; }
	Clock& clock() const { return clock_; }
	Pool& pool() { return pool_; }
	/** The host's, if there is a host, then those of the devices. */
	const std::vector<std::unique_ptr<Heap>>& heaps() const { return heaps_; }
	/** Whether there is such a place: devices are counted from 0. */
	bool has(Place place) const;
	Heap& heap(Place place);
	/** The heap that an address is of; null if it is none's. */
	Heap* heapOf(const void* pointer);

	/** Where code runs that belongs to no engine: on the host, if there is one. */
	Place outside() const { return outside_; }
	/** From now on this process is the device's, and only knows the host's heap by name; or the other way round. */
	void keepOnly(Side side);
	/** Where the calling thread is. */
	Place callersPlace() const;
	/** From now on the calling thread is an engine's. @param engine number from `engine`; 0 if nothing is recorded */
	static void enter(Place place, uint32_t engine);
	/** The calling thread belongs to no engine any more. */
	static void leave();
	/** The same for a part of what a thread does, which keeps its name. */
	class Stay {
	public:
		/** As if the calling thread were an engine's at that place, or, without one, of no engine. */
		Stay(const Place* place, uint32_t engine);
		~Stay();
		Stay(const Stay&) = delete;
		Stay& operator=(const Stay&) = delete;

	private:
		const bool wasEngine_;
		const Place place_;
		const uint32_t engine_;
	};
	/** The number of an engine in the trace; 0 if nothing is recorded. */
	uint32_t engine(uint32_t graph, uint32_t id, const char* name, Side side);

	/** `HIAI_DMalloc`. @param flag as the caller says it, known or not */
	Answer allocate(uint32_t size, uint32_t timeOutMillis, uint32_t flag);
	/** The same where the caller says no time-out. */
	uint32_t usualTimeOutMillis() const { return mallocTimeOutMillis_; }
	/** `HIAI_DVPP_DMalloc`. */
	Answer allocateDvpp(uint32_t size);
	/** A block for a message that arrives at a place. */
	Answer receive(Place place, uint32_t size, uint32_t timeOutMillis, uint64_t transfer, bool forDvpp);
	/** `HIAI_DFree`, `HIAI_DVPP_DFree`, `ReleaseDataBuffer`. */
	Status free(void* pointer, FreeCall call);
	/** `IsDMalloc`. */
	bool isDMalloc(const void* pointer, uint32_t size);

	/** Begins to record as the settings say; without a folder nothing is recorded. */
	void record();
	Recorder* recorder() const { return recorder_; }
	/** Ends the recording in good order; what happens later is not recorded. */
	void end();

	/** Around a fork: nothing changes in between; the child records into a trace of its own, which begins with the blocks that live. */
	void beforeFork();
	void afterForkInParent();
	void afterForkInChild();

private:
	static Platform& makeOfProcess();

	const Settings settings_;
	Clock& clock_;
	const bool onOneSide_;
	Place outside_;
	const uint32_t mallocTimeOutMillis_;
	Pool pool_;
	std::vector<std::unique_ptr<Heap>> heaps_;
	Recorder* recorder_ = nullptr;
	/** All that there were, kept as long as this: threads may be inside when a recording ends. */
	std::vector<std::unique_ptr<Recorder>> recorders_;
	std::mutex lock_;
};

} // namespace heaplens
