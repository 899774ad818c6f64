// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "scenario.h"
#include "heaplens/platform.h"
#include "virtual_clock.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <dirent.h>
#include <fstream>
#include <functional>
#include <iomanip>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace heaplens {
namespace {

std::vector<std::string> words(const std::string& text) {
	std::istringstream stream(text);
	std::vector<std::string> result;
	for (std::string word; stream >> word;) {
		result.push_back(word);
	}
	return result;
}

std::string joined(const std::vector<std::string>& list) {
	std::string result;
	for (const std::string& one : list) {
		result += (result.empty() ? "" : " ") + one;
	}
	return result;
}

/** What a misuse in strict mode ends in, instead of the program. */
struct Stopped {};

/** A thread that does what it is given, one thing at a time. */
class Actor {
public:
	explicit Actor(VirtualClock& clock) : clock_(clock), thread_([this] { run(); }) {}

	~Actor() {
		{
			std::lock_guard<std::mutex> guard(lock_);
			ending_ = true;
			changed_.notify_all();
		}
		thread_.join();
	}

	/** Begins a call and waits until it is over, or waits. */
	void begin(std::function<std::string()> call) {
		clock_.change([this] { done_ = false; });
		{
			std::lock_guard<std::mutex> guard(lock_);
			call_ = std::move(call);
			changed_.notify_all();
		}
		settle();
	}

	/** Waits until the call is over, or waits for what only a later step can bring. */
	void settle() {
		clock_.awaitWaiting(thread_.get_id(), [this] { return done_; });
	}

	/** Waits until the call is over. */
	const std::string& answer() {
		clock_.awaitWaiting(std::thread::id(), [this] { return done_; });
		return answer_;
	}

	bool waits() {
		bool result = false;
		clock_.change([&] { result = !done_; });
		return result;
	}

private:
	void run() {
		while (true) {
			std::function<std::string()> call;
			{
				std::unique_lock<std::mutex> guard(lock_);
				changed_.wait(guard, [this] { return call_ || ending_; });
				if (!call_) {
					return;
				}
				call.swap(call_);
			}
			std::string answer;
			try {
				answer = call();
			} catch (const Stopped&) {
				answer = "aborts";
			} catch (const std::exception& problem) {
				answer = problem.what();
			}
			clock_.change([&] {
				answer_ = answer;
				done_ = true;
			});
		}
	}

	VirtualClock& clock_;
	std::mutex lock_;
	std::condition_variable changed_;
	std::function<std::string()> call_;
	bool ending_ = false;
	/** The clock's lock guards these. */
	bool done_ = true;
	std::string answer_;
	std::thread thread_;
};

struct Block {
	uint8_t* bytes;
	uint64_t offset;
	uint32_t size;
	uint32_t extent;
};

/** One play of a scenario. */
class Play final : EventListener {
public:
	explicit Play(const Scenario& scenario) : scenario_(scenario) {
		Settings settings;
		for (const auto& [key, value] : scenario.settings) {
			std::string wrong = settings.set(key, value);
			if (!wrong.empty()) {
				throw std::runtime_error(scenario.file + ": " + key + " " + wrong);
			}
		}
		strictEnd = [](Reason) { throw Stopped(); };
		platform_ = std::make_unique<Platform>(settings, clock_);
		for (const auto& heap : platform_->heaps()) {
			heap->listen(this);
		}
	}

	std::string run() {
		for (const Scenario::Line& line : scenario_.steps) {
			std::string got = step(line);
			if (!line.hasAnswer && got.empty()) {
				continue;
			}
			std::string expected = joined(line.answer);
			if (expected != got) {
				return failure(line, "expected " + expected + ", got " + got);
			}
		}
		for (auto& [name, actor] : actors_) {
			if (actor->waits()) {
				return scenario_.file + ": " + name + " still waits at the end";
			}
		}
		return "";
	}

private:
	void event(const HeapInfo& heap, const Event& event) override {
		std::lock_guard<std::mutex> guard(lock_);
		events_[heap.number].push_back(event);
		if (event.kind == uint16_t(EventKind::Misuse)) {
			misuses_.push_back(Reason(event.reason));
		}
	}

	std::string failure(const Scenario::Line& line, const std::string& what) const {
		return scenario_.file + ":" + std::to_string(line.number) + ": " + what;
	}

	std::string step(const Scenario::Line& line) {
		const std::string& first = line.word(0);
		if (first == "advance") {
			clock_.advance(std::stoll(line.word(1)) * 1000000);
			for (auto& [name, actor] : actors_) {
				actor->settle();
			}
			return "";
		}
		if (first == "code") {
			return std::to_string(codeOf(line));
		}
		if (first == "flag") {
			return std::to_string(uint32_t(line.word(1) == "auto"     ? Flag::AutoFree
			                               : line.word(1) == "manual" ? Flag::ManualFree
			                               : line.word(1) == "huge"   ? Flag::HugePage
			                                                          : Flag::None));
		}
		if (first == "events") {
			return checkEvents(line);
		}
		if (first == "blocks") {
			return checkBlocks(line);
		}
		auto known = actors_.find(first);
		if (line.words.size() == 2 && line.word(1) == "waits") {
			return known != actors_.end() && known->second->waits() ? "" : "no wait";
		}
		if (line.words.size() == 2 && line.word(1) == "done") {
			return takeMisuses(known->second->answer());
		}
		if (known == actors_.end()) {
			known = actors_.emplace(first, std::make_unique<Actor>(clock_)).first;
		}
		Actor& actor = *known->second;
		actor.begin([this, &line] { return call(line); });
		return actor.waits() ? "waits" : takeMisuses(actor.answer());
	}

	uint32_t codeOf(const Scenario::Line& line) const {
		for (uint32_t level = 1; level <= 3; level++) {
			for (uint32_t number = 0; number < 0x200; number++) {
				uint32_t code = 0x01010000U | level << 12 | number;
				if (line.word(1) == name(Status(code))) {
					return code;
				}
			}
		}
		throw std::runtime_error(failure(line, "there is no status " + line.word(1)));
	}

	std::string takeMisuses(std::string answer) {
		std::lock_guard<std::mutex> guard(lock_);
		for (Reason reason : misuses_) {
			answer += std::string(" !") + name(reason);
		}
		misuses_.clear();
		return answer;
	}

	std::string call(const Scenario::Line& line) {
		const std::string& what = line.word(1);
		if (what == "alloc") {
			uint32_t flag = line.word(4) == "auto" ? 2 : line.word(4) == "manual" ? 4 : flagOf(line.word(4));
			return made(line, platform_->allocate(size(line), uint32_t(std::stoul(line.option("timeout", "0"))), flag));
		}
		if (what == "default") {
			return made(line, platform_->allocate(size(line), platform_->usualTimeOutMillis(), 2));
		}
		if (what == "dvpp") {
			return made(line, platform_->allocateDvpp(size(line)));
		}
		if (what == "free" || what == "dvppfree") {
			return name(platform_->free(pointer(line), what == "free" ? FreeCall::DFree : FreeCall::DvppDFree));
		}
		if (what == "release") {
			return name(platform_->free(pointer(line), FreeCall::ReleaseDataBuffer));
		}
		if (what == "isdmalloc") {
			return platform_->isDMalloc(pointer(line), size(line)) ? "true" : "false";
		}
		const Block block = blockOf(line);
		if (what == "fill") {
			std::memset(block.bytes, std::stoi(line.word(3)), block.size);
			return "done";
		}
		if (what == "holds") {
			int value = std::stoi(line.word(3));
			return std::all_of(block.bytes, block.bytes + block.size, [=](uint8_t byte) { return byte == value; }) ? "true" : "false";
		}
		throw std::runtime_error(failure(line, "there is no call " + what));
	}

	static uint32_t size(const Scenario::Line& line) { return uint32_t(std::stoull(line.word(3))); }

	static uint32_t flagOf(const std::string& word) {
		static const std::map<std::string, uint32_t> FLAGS = {{"none", 0}, {"huge", 1}, {"max", 5}};
		auto found = FLAGS.find(word);
		return found == FLAGS.end() ? uint32_t(std::stoul(word)) : found->second;
	}

	std::string made(const Scenario::Line& line, const Answer& answer) {
		std::lock_guard<std::mutex> guard(lock_);
		blocks_.erase(line.word(2));
		if (answer.block == nullptr) {
			return name(answer.status);
		}
		Heap* heap = platform_->heapOf(answer.block);
		uint64_t offset = uint64_t(uintptr_t(answer.block)) - heap->info().base;
		uint32_t extent = 0;
		for (auto [at, size] : heap->blocks()) {
			extent = at == offset ? size : extent;
		}
		blocks_[line.word(2)] = {static_cast<uint8_t*>(answer.block), offset, size(line), extent};
		return std::string(name(answer.status)) + " @" + std::to_string(offset) + "+" + std::to_string(extent);
	}

	Block blockOf(const Scenario::Line& line) {
		std::lock_guard<std::mutex> guard(lock_);
		const std::string& name = line.word(2);
		auto found = blocks_.find(name.substr(0, name.find('+')));
		if (found == blocks_.end()) {
			throw std::runtime_error(failure(line, "there is no block " + line.word(2)));
		}
		return found->second;
	}

	void* pointer(const Scenario::Line& line) {
		static uint8_t foreign[1000];
		const std::string& name = line.word(2);
		size_t plus = name.find('+');
		uint64_t within = plus == std::string::npos ? 0 : std::stoull(name.substr(plus + 1));
		return name == "null" ? nullptr : name == "foreign" ? foreign : blockOf(line).bytes + within;
	}

	Heap& heap(const Scenario::Line& line) {
		const std::string& which = line.word(1);
		return platform_->heap(which == "host" ? Place::host() : Place::onDevice(uint32_t(std::stoul(which.substr(6)))));
	}

	std::string checkEvents(const Scenario::Line& line) {
		std::lock_guard<std::mutex> guard(lock_);
		std::vector<std::string> got;
		std::vector<std::string> expected(line.words.begin() + 2, line.words.end());
		for (const Event& event : events_[heap(line).info().number]) {
			std::string kind = name(EventKind(event.kind));
			if (kind.rfind("GRAPH_", 0) == 0 || kind.rfind("ENGINE_", 0) == 0) {
				continue;
			}
			bool withArgument = got.size() < expected.size() && expected[got.size()].find('(') != std::string::npos;
			got.push_back(withArgument ? kind + "(" + std::to_string(event.argument) + ")" : kind);
		}
		events_[heap(line).info().number].clear();
		if (got.empty()) {
			got.emplace_back("-");
		}
		return got == expected ? "" : "events " + joined(got);
	}

	std::string checkBlocks(const Scenario::Line& line) {
		std::vector<std::string> got;
		for (auto [offset, size] : heap(line).blocks()) {
			got.push_back(std::to_string(offset) + "+" + std::to_string(size));
		}
		if (got.empty()) {
			got.emplace_back("-");
		}
		std::ostringstream digest;
		digest << "digest=0x" << std::hex << std::setw(16) << std::setfill('0') << heap(line).digest();
		got.push_back(digest.str());
		const char* damage = heap(line).damage();
		std::vector<std::string> expected(line.words.begin() + 2, line.words.end());
		return damage != nullptr ? damage : got == expected ? "" : "blocks " + joined(got);
	}

	const Scenario& scenario_;
	VirtualClock clock_;
	std::unique_ptr<Platform> platform_;
	std::mutex lock_;
	std::map<std::string, Block> blocks_;
	std::map<uint32_t, std::vector<Event>> events_;
	std::vector<Reason> misuses_;
	std::map<std::string, std::unique_ptr<Actor>> actors_;
};

} // namespace

const std::string& Scenario::Line::word(size_t index) const {
	if (index >= words.size()) {
		throw std::runtime_error("line " + std::to_string(number) + ": a word is missing");
	}
	return words[index];
}

std::string Scenario::Line::option(const std::string& name, const std::string& otherwise) const {
	for (const std::string& word : words) {
		if (word.rfind(name + "=", 0) == 0) {
			return word.substr(name.size() + 1);
		}
	}
	return otherwise;
}

Scenario Scenario::read(const std::string& path) {
	Scenario scenario;
	scenario.file = path.substr(path.rfind('/') + 1);
	std::ifstream stream(path);
	int number = 0;
	for (std::string text; std::getline(stream, text);) {
		number++;
		size_t comment = text[0] == '#' ? 0 : text.find(" #");
		comment = std::min(comment, text.find("\t#"));
		text = text.substr(0, comment);
		std::vector<std::string> all = words(text);
		if (all.empty()) {
			continue;
		}
		auto arrow = std::find(all.begin(), all.end(), "->");
		Line line{number, {all.begin(), arrow}, {}, arrow != all.end()};
		if (line.hasAnswer) {
			line.answer.assign(arrow + 1, all.end());
		}
		const std::string& first = all[0];
		if (first == "behaviour") {
			scenario.behaviour = text;
		} else if (first == "set") {
			scenario.settings.emplace_back(line.word(1), joined({all.begin() + 2, all.end()}));
		} else if (first == "graph" || first == "engine" || first == "connect") {
			scenario.parts.push_back(line);
		} else if (first != "section") {
			scenario.steps.push_back(line);
		}
	}
	return scenario;
}

std::vector<std::string> filesIn(const std::string& folder, const std::string& ending) {
	std::vector<std::string> result;
	DIR* directory = opendir(folder.c_str());
	if (directory == nullptr) {
		return result;
	}
	while (const dirent* entry = readdir(directory)) {
		std::string name = entry->d_name;
		if (name.size() > ending.size() && name.compare(name.size() - ending.size(), ending.size(), ending) == 0) {
			result.push_back(folder + "/" + name);
		}
	}
	closedir(directory);
	std::sort(result.begin(), result.end());
	return result;
}

std::string play(const Scenario& scenario) {
	try {
		return Play(scenario).run();
	} catch (const std::exception& problem) {
		return problem.what();
	}
}

} // namespace heaplens
