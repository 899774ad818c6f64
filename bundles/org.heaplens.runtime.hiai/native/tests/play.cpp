// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "actor.h"
#include "past.h"
#include "scenario.h"
#include "scripted.h"
#include "virtual_clock.h"

#include "heaplens/graph/graphs.h"
#include "heaplens/platform.h"

#include <algorithm>
#include <cstring>
#include <deque>
#include <functional>
#include <iomanip>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace heaplens {
namespace {

struct Block {
	uint8_t* bytes;
	uint64_t offset;
	uint32_t size;
	uint32_t extent;
};

/** A thread outside of engines, and its actor. */
struct Outsider {
	explicit Outsider(VirtualClock& clock) : actor(std::make_shared<Actor>(clock)), thread([this] { actor->serve(); }) {}
	~Outsider() {
		actor->leave();
		thread.join();
	}

	std::shared_ptr<Actor> actor;
	std::thread thread;
};

/** One play of a scenario. */
class Play final : EventListener {
public:
	explicit Play(const Scenario& scenario) : scenario_(scenario), script_(clock_) {
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
		graphs_ = std::make_unique<Graphs>(*platform_, script_.types());
	}

	/** Lets all threads go. */
	~Play() override {
		constexpr int64_t HOUR = 3600000000000;
		if (std::any_of(actors_.begin(), actors_.end(), [](const auto& actor) { return actor.second->waits(); })) {
			clock_.advance(HOUR);
		}
		script_.leaveAll();
		for (auto& [name, visit] : visits_) {
			visit->actor.leave();
		}
		for (uint32_t graph : graphs_->numbers()) {
			graphs_->destroy(graph);
		}
		outsiders_.clear();
		for (const auto& heap : platform_->heaps()) {
			heap->listen(nullptr);
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

	std::string answer(const Scenario::Line& line) {
		std::string got = step(line);
		// Here nothing was expected.
		for (const char* before : {"blocks ", "events "}) {
			got.erase(0, got.compare(0, 7, before) == 0 ? 7 : 0);
		}
		return got;
	}

private:
	void event(const HeapInfo& heap, const Event& event) override {
		std::lock_guard<std::mutex> guard(lock_);
		auto kind = EventKind(event.kind);
		bool ofGraphs = kind == EventKind::GraphCreated || kind == EventKind::GraphDestroyed || kind == EventKind::EngineStarted ||
		                kind == EventKind::EngineStopped;
		(ofGraphs ? graphEvents_ : events_)[heap.number].push_back(event);
		if (kind == EventKind::Misuse) {
			misuses_.push_back(Reason(event.reason));
		}
	}

	std::string failure(const Scenario::Line& line, const std::string& what) const {
		return scenario_.file + ":" + std::to_string(line.number) + ": " + what;
	}

	std::string step(const Scenario::Line& line) {
		const std::string& first = line.word(0);
		if (first == "advance") {
			return clock_.advance(std::stoll(line.word(1)) * 1000000) ? "" : "a thread that does not rest";
		}
		if (first == "code") {
			return std::to_string(uint32_t(statusOf(line.word(1))));
		}
		if (first == "flag") {
			return std::to_string(flagOf(line.word(1)));
		}
		if (first == "events" || first == "graphs") {
			return checkEvents(line, first == "events" ? events_ : graphEvents_);
		}
		if (first == "blocks") {
			return checkBlocks(line);
		}
		if (first == "take") {
			return take(line);
		}
		if (first == "got") {
			return got(line);
		}
		if (first == "quiet") {
			return std::to_string(script_.quiets(line.word(1), std::stoi(joined(line.answer))));
		}
		if (first == "exit") {
			platform_->end();
			return "";
		}
		return act(line);
	}

	std::string act(const Scenario::Line& line) {
		const std::string& first = line.word(0);
		if (line.words.size() == 3 && line.word(1) == "return") {
			return leave(line);
		}
		auto known = actors_.find(first);
		if (line.words.size() == 2 && line.word(1) == "waits") {
			return known != actors_.end() && known->second->waits() ? "" : "no wait";
		}
		if (line.words.size() == 2 && line.word(1) == "done") {
			return takeMisuses(known->second->answer());
		}
		if (known == actors_.end()) {
			if (first != "main" && first[0] != 't') {
				throw std::runtime_error(failure(line, "there is no actor or step " + first));
			}
			auto& outsider = outsiders_.emplace(first, std::make_unique<Outsider>(clock_)).first->second;
			known = actors_.emplace(first, outsider->actor).first;
		}
		Actor& actor = *known->second;
		if (actor.waits()) {
			return first + " still waits";
		}
		auto visit = visits_.find(first);
		actor.begin([this, &line, visit = visit == visits_.end() ? nullptr : visit->second] { return call(line, visit.get()); });
		if (joined(line.answer) == "waits") {
			return actor.settle() ? takeMisuses(actor.answer()) : "waits";
		}
		return takeMisuses(actor.answer());
	}

	/** The engine's thread goes on to its next message, or waits for one, or ends. */
	std::string leave(const Scenario::Line& line) {
		auto found = visits_.find(line.word(0));
		if (found == visits_.end()) {
			throw std::runtime_error(failure(line, "only an engine returns, and once"));
		}
		std::shared_ptr<Visit> visit = found->second;
		visits_.erase(found);
		actors_.erase(line.word(0));
		visit->answer = statusOf(line.word(2));
		visit->actor.leave();
		// It is idle until it sees that it is to leave.
		bool goes = clock_.awaitThat([&] { return visit->actor.hasLeft(); }) && clock_.awaitResting(visit->actor.thread());
		return goes ? "" : "a thread that does not go on";
	}

	std::string take(const Scenario::Line& line) {
		std::shared_ptr<Visit> visit = script_.visit(line.word(1));
		if (visit == nullptr) {
			return "nothing";
		}
		visits_[line.word(2)] = visit;
		actors_[line.word(2)] = std::shared_ptr<Actor>(visit, &visit->actor);
		return takeMisuses(described(line.word(2), visit->told, " port=" + std::to_string(visit->port)));
	}

	std::string got(const Scenario::Line& line) {
		std::optional<Told> told;
		{
			std::lock_guard<std::mutex> guard(lock_);
			auto& messages = received_[line.word(1)];
			if (!messages.empty()) {
				told = messages.front();
				messages.pop_front();
			}
		}
		return takeMisuses(told ? described(line.word(2), *told, "") : "nothing");
	}

	std::string described(const std::string& name, const Told& told, const std::string& port) {
		std::string result = told.type + port;
		if (told.block == nullptr) {
			return result;
		}
		std::lock_guard<std::mutex> guard(lock_);
		return result + " " + named(name, told.block, told.size);
	}

	/** Gives a live block a name; where it lies. With the lock. */
	std::string named(const std::string& name, uint8_t* bytes, uint32_t size) {
		Heap* heap = platform_->heapOf(bytes);
		uint64_t offset = uint64_t(uintptr_t(bytes)) - heap->info().base;
		uint32_t extent = 0;
		for (auto [at, length] : heap->blocks()) {
			extent = at == offset ? length : extent;
		}
		blocks_[name] = {bytes, offset, size, extent};
		return "@" + std::to_string(offset) + "+" + std::to_string(extent);
	}

	std::string takeMisuses(std::string answer) {
		std::lock_guard<std::mutex> guard(lock_);
		for (Reason reason : misuses_) {
			answer += std::string(" !") + name(reason);
		}
		misuses_.clear();
		return answer;
	}

	std::string call(const Scenario::Line& line, const Visit* visit) {
		const std::string& what = line.word(1);
		if (what == "alloc") {
			return made(line, platform_->allocate(size(line), uint32_t(std::stoul(line.option("timeout", "0"))), flagOf(line.word(4))));
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
		if (what == "create") {
			return graphs_->create(script_.config(scenario_, number(line, 2))).status == Status::Ok ? "OK" : "refused";
		}
		if (what == "destroy") {
			return name(graphs_->destroy(number(line, 2)));
		}
		if (what == "find") {
			return graphs_->exists(number(line, 2)) ? "true" : "false";
		}
		if (what == "send") {
			return name(send(line, visit));
		}
		if (what == "receiver") {
			return name(receiver(line, visit));
		}
		if (what == "register") {
			return name(script_.registerType(line.word(2), line.word(3) == "highspeed"));
		}
		if (what == "queued") {
			return std::to_string(script_.outlet(line.word(2))->waiting(number(line, 3)));
		}
		if (what == "queuesize") {
			return std::to_string(script_.outlet(line.word(2))->queueSize());
		}
		return bytes(line);
	}

	std::string bytes(const Scenario::Line& line) {
		const std::string& what = line.word(1);
		const Block block = blockOf(line, line.word(2));
		auto holds = [&](int value) { return allAre(block.bytes, block.size, value) ? "true" : "false"; };
		if (what == "fill") {
			std::memset(block.bytes, std::stoi(line.word(3)), block.size);
			return "done";
		}
		if (what == "holds") {
			return holds(std::stoi(line.word(3)));
		}
		if (what == "poisoned") {
			return holds(0xDB);
		}
		throw std::runtime_error(failure(line, "there is no call " + what));
	}

	Status send(const Scenario::Line& line, const Visit* visit) {
		const std::string& carried = line.word(4);
		Told told{line.word(3), nullptr, 0};
		if (carried != "null" && carried != "-") {
			const Block block = blockOf(line, carried);
			told.block = block.bytes;
			told.size = block.size;
		}
		Message message = carried == "null" ? nullptr : script_.message(told);
		std::string timeOut = line.option("timeout", "0");
		uint32_t millis = timeOut == "default" ? Outlet::USUAL_TIME_OUT : uint32_t(std::stoul(timeOut));
		std::vector<uint32_t> target = numbers(line.word(2));
		return target.size() == 3 ? graphs_->send({target[0], target[1], target[2]}, told.type, message, millis)
		                          : visit->outlet->send(target[0], told.type, message, millis);
	}

	Status receiver(const Scenario::Line& line, const Visit* visit) {
		std::vector<uint32_t> port = numbers(line.word(2));
		std::string where = port.size() == 3 ? line.word(2) : line.word(0) + "." + line.word(2);
		Receiver keep = [this, where](const Message& message) {
			Told told = script_.told(message);
			std::lock_guard<std::mutex> guard(lock_);
			received_[where].push_back(told);
			return Status::Ok;
		};
		return port.size() == 3 ? graphs_->receive({port[0], port[1], port[2]}, keep) : visit->outlet->receive(port[0], keep);
	}

	static uint32_t size(const Scenario::Line& line) { return uint32_t(std::stoull(line.word(3))); }
	static uint32_t number(const Scenario::Line& line, size_t index) { return uint32_t(std::stoul(line.word(index))); }

	static uint32_t flagOf(const std::string& word) {
		static const std::map<std::string, uint32_t> FLAGS = {{"none", 0}, {"huge", 1}, {"auto", 2}, {"manual", 4}, {"max", 5}};
		auto found = FLAGS.find(word);
		return found == FLAGS.end() ? uint32_t(std::stoul(word)) : found->second;
	}

	std::string made(const Scenario::Line& line, const Answer& answer) {
		std::lock_guard<std::mutex> guard(lock_);
		blocks_.erase(line.word(2));
		return answer.block == nullptr
		           ? name(answer.status)
		           : std::string(name(answer.status)) + " " + named(line.word(2), static_cast<uint8_t*>(answer.block), size(line));
	}

	Block blockOf(const Scenario::Line& line, const std::string& name) {
		std::lock_guard<std::mutex> guard(lock_);
		auto found = blocks_.find(name.substr(0, name.find('+')));
		if (found == blocks_.end()) {
			throw std::runtime_error(failure(line, "there is no block " + name));
		}
		return found->second;
	}

	void* pointer(const Scenario::Line& line) {
		static uint8_t foreign[1000];
		const std::string& name = line.word(2);
		size_t plus = name.find('+');
		uint64_t within = plus == std::string::npos ? 0 : std::stoull(name.substr(plus + 1));
		return name == "null" ? nullptr : name == "foreign" ? foreign : blockOf(line, name).bytes + within;
	}

	Heap& heap(const Scenario::Line& line) {
		const std::string& which = line.word(1);
		return platform_->heap(which == "host" ? Place::host() : Place::onDevice(uint32_t(std::stoul(which.substr(6)))));
	}

	std::string checkEvents(const Scenario::Line& line, std::map<uint32_t, std::vector<Event>>& events) {
		std::lock_guard<std::mutex> guard(lock_);
		std::vector<std::string> got;
		std::vector<std::string> expected(line.words.begin() + 2, line.words.end());
		for (const Event& event : events[heap(line).info().number]) {
			std::string kind = name(EventKind(event.kind));
			bool withArgument = got.size() < expected.size() && expected[got.size()].find('(') != std::string::npos;
			got.push_back(withArgument ? kind + "(" + std::to_string(event.argument) + ")" : kind);
		}
		events[heap(line).info().number].clear();
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
	Script script_;
	std::unique_ptr<Platform> platform_;
	std::unique_ptr<Graphs> graphs_;
	std::mutex lock_;
	std::map<std::string, Block> blocks_;
	std::map<uint32_t, std::vector<Event>> events_;
	std::map<uint32_t, std::vector<Event>> graphEvents_;
	std::vector<Reason> misuses_;
	std::map<std::string, std::deque<Told>> received_;
	std::map<std::string, std::unique_ptr<Outsider>> outsiders_;
	std::map<std::string, std::shared_ptr<Actor>> actors_;
	std::map<std::string, std::shared_ptr<Visit>> visits_;
};

} // namespace

void play(const Scenario& head, const std::function<void(const Caller&)>& program) {
	Play play(head);
	// A call that waits is looked at again.
	std::deque<Scenario::Line> lines;
	program([&](Scenario::Line line) {
		lines.push_back(std::move(line));
		return play.answer(lines.back());
	});
}

std::string play(const Scenario& scenario) {
	try {
		return Play(scenario).run();
	} catch (const std::exception& problem) {
		return problem.what();
	}
}

} // namespace heaplens
