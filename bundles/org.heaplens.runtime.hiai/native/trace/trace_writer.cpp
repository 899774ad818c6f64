// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "archive.h"
#include "block_table.h"
#include "dictionary.h"
#include "heaplens/trace.h"
#include "slots.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace heaplens {
namespace {

uint64_t nanosOf(clockid_t clock) {
	timespec now;
	clock_gettime(clock, &now);
	return uint64_t(now.tv_sec) * 1000000000ULL + uint64_t(now.tv_nsec);
}

/** Milliseconds since 1970 when this process started; now if the system does not tell. */
uint64_t processStart() {
	char text[1024];
	int file = ::open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
	ssize_t length = file < 0 ? -1 : ::read(file, text, sizeof text - 1);
	if (file >= 0) {
		::close(file);
	}
	uint64_t now = nanosOf(CLOCK_REALTIME) / 1000000;
	if (length <= 0) {
		return now;
	}
	text[length] = 0;
	// The name of the program may hold blanks and brackets; it ends with the last bracket. The start is the 22nd field.
	const char* at = std::strrchr(text, ')');
	for (int field = 2; at != nullptr && field < 22; field++) {
		at = std::strchr(at + 1, ' ');
	}
	if (at == nullptr) {
		return now;
	}
	uint64_t ticks = std::strtoull(at, nullptr, 10);
	uint64_t sinceBoot = ticks * 1000 / uint64_t(::sysconf(_SC_CLK_TCK));
	return now - nanosOf(CLOCK_BOOTTIME) / 1000000 + sinceBoot;
}

bool makeFolders(const std::string& folder) {
	for (size_t at = 1; at <= folder.size(); at++) {
		if ((at == folder.size() || folder[at] == '/') && ::mkdir(folder.substr(0, at).c_str(), 0777) != 0 && errno != EEXIST) {
			return false;
		}
	}
	return true;
}

} // namespace

TraceWriter::TraceWriter() = default;

TraceWriter::~TraceWriter() {
	close();
}

std::unique_ptr<TraceWriter> TraceWriter::create(const std::string& folder, const std::string& command, uint64_t ring,
                                                 std::string& problem) {
	auto failed = [&] {
		problem = "cannot record into " + folder + " (" + std::strerror(errno) + "); choose a folder that can be written";
		return nullptr;
	};
	if (!makeFolders(folder)) {
		return failed();
	}
	for (uint64_t stamp = nanosOf(CLOCK_REALTIME) / 1000000;; stamp++) {
		std::string file = folder + "/" + std::to_string(::getpid()) + "-" + std::to_string(stamp) + ".heaptrace";
		std::string part = file + ".part";
		if (::access(file.c_str(), F_OK) == 0) {
			continue;
		}
		int made = ::open(part.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (made < 0 && errno == EEXIST) {
			// Somebody in this process began a trace in the same millisecond: take the next.
			continue;
		}
		if (made < 0) {
			return failed();
		}
		auto store = std::make_unique<Store>(made);
		std::unique_ptr<TraceWriter> writer(new TraceWriter);
		bool begun = store->begin();
		writer->file_ = file;
		writer->store_ = std::move(store);
		if (begun) {
			writer->writeHeader(command, ring > 0 ? layout::MODE_FLIGHT : layout::MODE_ALL);
		}
		// Under its own name only now: whoever watches the folder never opens half a trace.
		if (!begun || ::rename(part.c_str(), file.c_str()) != 0) {
			failed();
			writer->open_ = false;
			::unlink(part.c_str());
			return nullptr;
		}
		writer->dictionary_ = std::make_unique<Dictionary>(*writer->store_);
		if (ring > 0) {
			writer->slots_ = std::make_unique<SlotRing>(*writer->store_, size_t(ring / layout::CHUNK_SIZE));
		} else {
			writer->archive_ = std::make_unique<Archive>(*writer->store_);
			writer->slots_ = std::make_unique<ArchivedSlots>(*writer->store_, *writer->archive_);
		}
		return writer;
	}
}

void TraceWriter::writeHeader(const std::string& command, uint32_t mode) {
	layout::Header& header = store_->header();
	size_t length = std::min(command.size(), layout::COMMAND_LIMIT);
	while (length < command.size() && length > 0 && (uint8_t(command[length]) & 0xC0) == 0x80) {
		length--;
	}
	header.version = layout::VERSION;
	header.byteOrder = layout::BYTE_ORDER_MARK;
	header.headerSize = layout::HEADER_SIZE;
	header.chunkSize = layout::CHUNK_SIZE;
	header.mode = mode;
	header.process = uint64_t(::getpid());
	header.processStart = processStart();
	begun_ = nanosOf(CLOCK_MONOTONIC);
	header.begun = nanosOf(CLOCK_REALTIME);
	header.commandLength = uint32_t(length);
	std::memcpy(header.command, command.data(), length);
	// The magic last: a reader that comes too early sees no trace rather than half a one.
	layout::release(header.magic, layout::MAGIC);
}

Lane* TraceWriter::lane(const HeapInfo& heap) {
	std::lock_guard<std::mutex> guard(lock_);
	size_t index = lanes_.size();
	if (!open_ || index >= layout::HEAP_LIMIT) {
		return nullptr;
	}
	layout::Header& header = store_->header();
	layout::HeapDescriptor& descriptor = header.heaps[index];
	descriptor.number = heap.number;
	descriptor.side = uint32_t(heap.place.side);
	descriptor.device = heap.place.device;
	descriptor.capacity = heap.capacity;
	descriptor.base = heap.base;
	if (archive_ != nullptr) {
		archive_->add(heap);
	}
	lanes_.push_back(std::make_unique<Lane>(*this, *slots_, std::make_unique<BlockTable>(*store_, heap.number), heap));
	layout::release(header.heapCount, uint32_t(index + 1));
	return lanes_.back().get();
}

uint32_t TraceWriter::thread(const std::string& name) {
	return dictionary_->thread(name);
}

uint32_t TraceWriter::stack(const std::vector<NativeFrame>& frames) {
	return dictionary_->stack(frames);
}

uint32_t TraceWriter::stack(const std::vector<SourceFrame>& frames) {
	return dictionary_->stack(frames);
}

uint32_t TraceWriter::engine(uint32_t graph, uint32_t engine, const std::string& name, Side side) {
	return dictionary_->engine(graph, engine, name, side);
}

uint64_t TraceWriter::dropped() const {
	return __atomic_load_n(&store_->header().dropped, __ATOMIC_RELAXED);
}

uint64_t TraceWriter::overwritten() const {
	return __atomic_load_n(&store_->header().overwritten, __ATOMIC_RELAXED);
}

void TraceWriter::drop() {
	__atomic_fetch_add(&store_->header().dropped, 1, __ATOMIC_RELAXED);
}

void TraceWriter::close() {
	std::lock_guard<std::mutex> guard(lock_);
	if (!open_) {
		return;
	}
	open_ = false;
	for (auto& lane : lanes_) {
		lane->end();
	}
	slots_->finish();
	layout::release(store_->header().closed, 1U);
	store_->close();
}

void TraceWriter::freeze() {
	lock_.lock();
	dictionary_->lock().lock();
	slots_->freeze();
	store_->lock().lock();
}

void TraceWriter::thaw() {
	store_->lock().unlock();
	slots_->thaw();
	dictionary_->lock().unlock();
	lock_.unlock();
}

void TraceWriter::abandon() {
	open_ = false;
	store_->abandon();
}

} // namespace heaplens
