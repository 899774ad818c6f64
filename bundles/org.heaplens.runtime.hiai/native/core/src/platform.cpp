// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/platform.h"
#include "heaplens/inside.h"
#include "witness.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

namespace heaplens {
namespace {

struct Here {
	bool isEngine;
	Place place;
	/** Its number in the trace. */
	uint32_t engine;
};

thread_local Here here{false, Place::host(), 0};

/** What is run, for people to recognise it. */
std::string command() {
	std::string result;
	int file = ::open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
	char text[4096];
	ssize_t length = file < 0 ? 0 : ::read(file, text, sizeof text);
	if (file >= 0) {
		::close(file);
	}
	for (ssize_t at = 0; at < length; at++) {
		result += text[at] == 0 ? ' ' : text[at];
	}
	while (!result.empty() && result.back() == ' ') {
		result.pop_back();
	}
	return result.empty() ? "?" : result;
}

std::atomic<Platform*> ofThisProcess{nullptr};

/** What was told before the platform of this process was made. */
struct Told {
	std::mutex lock;
	bool heard = false;
	std::vector<std::pair<std::string, std::string>> settings;
};

Told& told() {
	static auto* known = new Told;
	return *known;
}

/** As the environment says, and those who told more. */
Settings settingsOfProcess() {
	Settings settings = Settings::fromEnvironment();
	std::lock_guard<std::mutex> guard(told().lock);
	told().heard = true;
	for (const auto& [key, value] : told().settings) {
		std::string wrong = settings.set(key, value);
		if (!wrong.empty()) {
			warn(key + " is '" + value + "'; it " + wrong);
		}
	}
	return settings;
}

/** After the program's own static destructors, which may still free. */
struct AtEnd {
	~AtEnd() {
		if (Platform* platform = ofThisProcess) {
			platform->end();
		}
	}
};

__attribute__((init_priority(101))) AtEnd atEnd;

} // namespace

Platform::Platform(const Settings& settings, Clock& clock)
	: settings_(settings), clock_(clock), onOneSide_(settings.isOn(Setting::Rc)), outside_(onOneSide_ ? Place::onDevice(0) : Place::host()),
	  mallocTimeOutMillis_(uint32_t(settings.number(Setting::MallocTimeOut))),
	  pool_(settings.isOn(Setting::LazyPool), settings.isOn(Setting::FirstGraphRule)) {
	Memory::Kind kind = settings.isOn(Setting::DeviceProcess) && !onOneSide_ ? Memory::Kind::Shared : Memory::Kind::Own;
	auto add = [this, kind](Place place, Setting capacity) {
		heaps_.push_back(std::make_unique<Heap>(uint32_t(heaps_.size()), place, settings_.number(capacity),
		                                        HeapRules::of(place.side, settings_), clock_, pool_, kind));
	};
	if (!onOneSide_) {
		add(Place::host(), Setting::HostCapacity);
	}
	uint64_t devices = onOneSide_ ? 1 : settings_.number(Setting::DeviceCount);
	for (uint32_t device = 0; device < devices; device++) {
		add(Place::onDevice(device), Setting::DeviceCapacity);
	}
}

Platform::~Platform() {
	end();
}

Platform& Platform::ofProcess() {
	Platform* made = ofThisProcess.load(std::memory_order_acquire);
	return made != nullptr ? *made : makeOfProcess();
}

/** With signals held back: a handler that allocates would wait for what its own thread is making. */
Platform& Platform::makeOfProcess() {
	sigset_t all;
	sigset_t before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	static Platform& platform = []() -> Platform& {
		auto* made = new Platform(settingsOfProcess(), Clock::system());
		made->record();
		ofThisProcess.store(made, std::memory_order_release);
		pthread_atfork([] { ofThisProcess.load()->beforeFork(); }, [] { ofThisProcess.load()->afterForkInParent(); },
		               [] { ofThisProcess.load()->afterForkInChild(); });
		return *made;
	}();
	pthread_sigmask(SIG_SETMASK, &before, nullptr);
	return platform;
}

bool Platform::tell(const std::string& key, const std::string& value) {
	std::lock_guard<std::mutex> guard(told().lock);
	if (!told().heard) {
		told().settings.emplace_back(key, value);
	}
	return !told().heard;
}

void Platform::keepOnly(Side side) {
	for (const auto& heap : heaps_) {
		if (heap->info().place.side != side) {
			heap->withdraw();
		}
	}
	outside_ = side == Side::Host ? Place::host() : Place::onDevice(0);
}

bool Platform::has(Place place) const {
	for (const auto& heap : heaps_) {
		if (heap->info().place == place) {
			return true;
		}
	}
	return false;
}

Heap& Platform::heap(Place place) {
	return *heaps_[onOneSide_ || place.side == Side::Host ? 0 : place.device + 1];
}

Heap* Platform::heapOf(const void* pointer) {
	for (const auto& heap : heaps_) {
		if (heap->contains(pointer)) {
			return heap.get();
		}
	}
	return nullptr;
}

Place Platform::callersPlace() const {
	return here.isEngine ? here.place : outside();
}

void Platform::enter(Place place, uint32_t engine) {
	here = {true, place, engine};
	Recorder::enterEngine(engine);
	Recorder::renameThread();
}

void Platform::leave() {
	here = {false, Place::host(), 0};
	Recorder::enterEngine(0);
}

Platform::Stay::Stay(const Place* place, uint32_t engine) : wasEngine_(here.isEngine), place_(here.place), engine_(here.engine) {
	here = {place != nullptr, place == nullptr ? Place::host() : *place, engine};
	Recorder::enterEngine(engine);
}

Platform::Stay::~Stay() {
	here = {wasEngine_, place_, engine_};
	Recorder::enterEngine(engine_);
}

uint32_t Platform::engine(uint32_t graph, uint32_t id, const char* name, Side side) {
	return recorder_ == nullptr ? 0 : recorder_->writer().engine(graph, id, name, side);
}

Answer Platform::allocate(uint32_t size, uint32_t timeOutMillis, uint32_t flag) {
	Inside inside;
	if (inside.again()) {
		Inside::complain();
		return {Status::Error, nullptr};
	}
	Place place = callersPlace();
	Heap& heap = this->heap(place);
	Pool::Answer open = pool_.answer(heap.info().place.side);
	if (open != Pool::Answer::Open) {
		return {heap.refuse(size, Flag::None, Pool::status(open), Pool::reason(open)), nullptr};
	}
	switch (flag) {
	case uint32_t(Flag::None):
		return heap.allocate(size, timeOutMillis, Flag::ManualFree);
	case uint32_t(Flag::HugePage):
	case uint32_t(Flag::AutoFree):
	case uint32_t(Flag::ManualFree):
		return heap.allocate(size, timeOutMillis, Flag(flag));
	default:
		return {heap.refuse(size, Flag::None, Status::InvalidValue, Reason::BadFlag), nullptr};
	}
}

Answer Platform::allocateDvpp(uint32_t size) {
	Inside inside;
	if (inside.again()) {
		Inside::complain();
		return {Status::Error, nullptr};
	}
	Heap& heap = this->heap(callersPlace());
	if (heap.info().place.side == Side::Host) {
		return {heap.refuse(size, Flag::Dvpp, Status::InvalidValue, Reason::DvppOnHost), nullptr};
	}
	Pool::Answer open = pool_.answer(Side::Device);
	return open == Pool::Answer::Open ? heap.allocate(size, 0, Flag::Dvpp)
	                                  : Answer{heap.refuse(size, Flag::Dvpp, Pool::status(open), Pool::reason(open)), nullptr};
}

Answer Platform::receive(Place place, uint32_t size, uint32_t timeOutMillis, uint64_t transfer, bool forDvpp) {
	Heap& heap = this->heap(place);
	Pool::Answer open = pool_.answer(heap.info().place.side);
	return open == Pool::Answer::Open ? heap.receive(size, timeOutMillis, transfer, forDvpp)
	                                  : Answer{heap.refuse(size, Flag::Received, Pool::status(open), Pool::reason(open)), nullptr};
}

Status Platform::free(void* pointer, FreeCall call) {
	Inside inside;
	if (inside.again()) {
		Inside::complain();
		return Status::Error;
	}
	if (pointer == nullptr) {
		return Status::InvalidValue;
	}
	Heap* heap = heapOf(pointer);
	return heap == nullptr ? this->heap(callersPlace()).refuse(0, Flag::None, Status::NotFindMemory, Reason::NotABlock)
	                       : heap->free(pointer, call);
}

bool Platform::isDMalloc(const void* pointer, uint32_t size) {
	Inside inside;
	if (inside.again()) {
		Inside::complain();
		return false;
	}
	Heap* heap = heapOf(pointer);
	return heap != nullptr && heap->isDMalloc(pointer, size);
}

void Platform::record() {
	const std::string& folder = settings_.text(Setting::Trace);
	if (folder.empty()) {
		return;
	}
	std::string problem;
	uint64_t ring = settings_.is(Setting::RecordingMode, "flight") ? settings_.number(Setting::RecordingRing) : 0;
	auto writer = TraceWriter::create(folder, command(), ring, problem);
	if (writer == nullptr) {
		warn("nothing is recorded: " + problem);
		return;
	}
	recorders_.push_back(std::make_unique<Recorder>(std::move(writer), unsigned(settings_.number(Setting::RecordingStackFrames))));
	recorder_ = recorders_.back().get();
	for (auto& heap : heaps_) {
		heap->record(recorder_, true);
	}
}

void Platform::end() {
	std::lock_guard<std::mutex> guard(lock_);
	for (auto& heap : heaps_) {
		heap->end();
	}
	if (recorder_ == nullptr) {
		return;
	}
	TraceWriter& writer = recorder_->writer();
	if (writer.dropped() > 0) {
		warn(std::to_string(writer.dropped()) + " events could not be written to " + writer.file() + "; is the disk full?");
	}
	writer.close();
	recorder_ = nullptr;
}

void Platform::beforeFork() {
	lock_.lock();
	for (auto& heap : heaps_) {
		heap->lock().lock();
	}
	Witness::freeze();
	if (recorder_ != nullptr) {
		recorder_->freeze();
	}
}

void Platform::afterForkInParent() {
	Witness::thaw();
	if (recorder_ != nullptr) {
		recorder_->thaw();
	}
	for (auto& heap : heaps_) {
		heap->lock().unlock();
	}
	lock_.unlock();
}

void Platform::afterForkInChild() {
	Witness::thaw();
	for (auto& heap : heaps_) {
		heap->lock().reset();
		heap->record(nullptr);
		heap->forgetWaiters();
	}
	lock_.unlock();
	if (recorder_ != nullptr) {
		recorder_->thaw();
		recorder_->abandon();
		recorder_ = nullptr;
		record();
	}
}

} // namespace heaplens
