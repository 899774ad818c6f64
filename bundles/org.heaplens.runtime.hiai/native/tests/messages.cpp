// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
// Random programs of two graphs on both sides that send each other messages: each is played by the native runtime, and written as a scenario
// with the answers that it gave, for another runtime to play.
//
//   heaplens_messages FOLDER SEED SCENARIOS STEPS
#include "scenario.h"

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <iostream>
#include <random>
#include <set>
#include <sstream>

using namespace heaplens;

namespace {

/** An engine of the two graphs, with what is known of it. */
struct Engine {
	std::string name;
	bool onDevice;
	/** Of messages that have arrived and were not taken. */
	uint32_t waiting = 0;
	/** The name of its thread, while it is inside Process. */
	std::string visit;
};

struct Known {
	std::string name;
	uint32_t size;
	std::string flag;
	bool onDevice;
};

const char* const SETTINGS[][2] = {{"simulator.policy", "best-fit"},        {"simulator.policy", "buddy"},
                                   {"simulator.send-once", "both"},         {"simulator.received-free", "release"},
                                   {"simulator.dvpp-auto-on-send", "true"}, {"simulator.no-room-status", "no-memory"},
                                   {"simulator.send-tries", "2"},           {"simulator.plain-payload", "refuse"}};

/** One program. Blocks that somebody else may have freed are not named again: their addresses may be another block's. */
class Program {
public:
	Program(uint64_t seed, const std::string& path) : random_(seed), path_(path) {
		std::ofstream head(path);
		head << "section 3.3\nbehaviour Random messages, of seed " << seed << "\nset host.capacity 1M\nset device.capacity 1M\n";
		for (const auto& setting : SETTINGS) {
			if (chance(6)) {
				head << "set " << setting[0] << " " << setting[1] << "\n";
			}
		}
		head << "graph 7\nengine 7.1 host queue=2\nengine 7.2 device queue=3\nengine 7.3 device queue=1\ngraph 8\nengine 8.1 host\n"
				"engine 8.2 device dvpp=yes queue=2\nconnect 7.1.0 7.2.0\nconnect 7.2.0 7.1.0\nconnect 7.2.0 8.2.1\nconnect 7.3.0 8.2.0\n"
				"connect 8.1.0 7.3.0\nconnect 8.2.0 8.1.0\nmain create 7 -> OK\n";
	}

	void run(uint32_t steps) {
		Scenario head = Scenario::read(path_);
		head.steps.clear();
		play(head, [&](const Caller& caller) {
			caller_ = &caller;
			call("main create 7", false);
			call("main create 8");
			call("main receiver 8.2.2");
			while (done_ < steps) {
				step();
			}
			end();
		});
	}

	uint64_t steps() const { return done_; }

private:
	bool chance(uint32_t in) { return random_() % in == 0; }
	template <typename T>
	T& any(std::deque<T>& list) {
		return list[random_() % list.size()];
	}

	/** What came of a step, which is written down with it. */
	std::string call(const std::string& text, bool written = true, const std::string& expected = "") {
		Scenario::Line line;
		line.number = int(++done_);
		std::istringstream words(text);
		for (std::string word; words >> word;) {
			line.words.push_back(word);
		}
		if (!expected.empty()) {
			line.answer = {expected};
		}
		line.hasAnswer = true;
		std::string answer = (*caller_)(line);
		if (written) {
			std::ofstream out(path_, std::ios::app);
			bool isLook = line.words[0] == "blocks" || line.words[0] == "events";
			out << text << (answer.empty() ? "" : isLook ? " " : " -> ") << answer << "\n";
		}
		return answer;
	}

	static bool isOk(const std::string& answer) { return answer.compare(0, 2, "OK") == 0 && (answer.size() == 2 || answer[2] == ' '); }

	std::string fresh() { return "b" + std::to_string(++names_); }
	uint32_t size() { return chance(20) ? uint32_t(random_() % (2U << 20)) : uint32_t(1 + random_() % 30000); }

	/** Somebody who can call: main, or an engine inside Process. */
	Engine* caller(std::string& name) {
		std::vector<Engine*> inside;
		for (Engine& engine : engines_) {
			if (!engine.visit.empty()) {
				inside.push_back(&engine);
			}
		}
		if (inside.empty() || chance(3)) {
			name = "main";
			return nullptr;
		}
		Engine* engine = inside[random_() % inside.size()];
		name = engine->visit;
		return engine;
	}

	void step() {
		std::string who;
		Engine* engine = caller(who);
		bool onDevice = engine != nullptr && engine->onDevice;
		switch (random_() % 12) {
		case 0:
		case 1:
		case 2:
			allocate(who, onDevice);
			break;
		case 3:
		case 4:
			free(who);
			break;
		case 5:
		case 6:
		case 7:
			engine == nullptr || chance(3) ? sendTo(who, onDevice) : sendFrom(*engine);
			break;
		case 8:
		case 9:
			leave();
			break;
		default:
			look();
			break;
		}
	}

	void allocate(const std::string& who, bool onDevice) {
		static const char* const FLAGS[] = {"auto", "auto", "manual", "manual", "none", "7"};
		std::string name = fresh();
		uint32_t bytes = size();
		std::string flag = chance(8) ? "dvpp" : FLAGS[random_() % 6];
		std::string answer;
		if (flag == "dvpp") {
			answer = call(who + " dvpp " + name + " " + std::to_string(bytes));
		} else if (who == "main" && chance(10)) {
			// In virtual time: it waits, and nobody makes room.
			answer = call("t1 alloc " + name + " " + std::to_string(bytes) + " " + flag + " timeout=50", true, "waits");
			answer = answer == "waits" ? later() : answer;
		} else {
			answer = call(who + " alloc " + name + " " + std::to_string(bytes) + " " + flag);
		}
		if (isOk(answer)) {
			blocks_.push_back({name, bytes, flag, onDevice});
		}
	}

	/** The time-out of what waits. */
	std::string later() {
		call("advance 100000");
		return call("t1 done");
	}

	void free(const std::string& who) {
		static const char* const CALLS[] = {"free", "free", "free", "dvppfree", "release"};
		if (blocks_.empty()) {
			call(who + " free null");
			return;
		}
		size_t index = random_() % blocks_.size();
		const char* how = CALLS[random_() % 5];
		if (isOk(call(who + " " + how + " " + blocks_[index].name))) {
			blocks_.erase(blocks_.begin() + long(index));
		}
	}

	/** A block to send, or none. @param across whether all receivers are on the other side; stays whether all are on this one */
	size_t carried(bool onDevice, bool manualOnly) {
		std::vector<size_t> fit;
		for (size_t index = 0; index < blocks_.size(); index++) {
			if ((blocks_[index].onDevice == onDevice || chance(20)) && (!manualOnly || blocks_[index].flag == "manual")) {
				fit.push_back(index);
			}
		}
		return fit.empty() || chance(6) ? blocks_.size() : fit[random_() % fit.size()];
	}

	void sent(const std::string& text, size_t index, bool staysSomewhere, const std::vector<Engine*>& receivers) {
		bool mayWait = text.compare(0, 3, "t1 ") == 0;
		std::string answer = call(text, true, mayWait ? "waits" : "");
		answer = answer == "waits" ? later() : answer;
		if (!isOk(answer)) {
			return;
		}
		for (Engine* receiver : receivers) {
			receiver->waiting++;
		}
		// It may be gone, or have another owner.
		if (index < blocks_.size() && (staysSomewhere || blocks_[index].flag != "manual")) {
			blocks_.erase(blocks_.begin() + long(index));
		}
		settle();
	}

	std::string type() {
		static const char* const TYPES[] = {"frame", "frame", "frame", "frame", "plain", "plain", "string", "unknown", "broken"};
		return TYPES[random_() % 9];
	}

	void sendTo(const std::string& who, bool onDevice) {
		Engine& target = any(engines_);
		size_t index = carried(onDevice, false);
		std::string kind = type();
		index = kind == "string" ? blocks_.size() : index;
		std::string what = index == blocks_.size() ? (chance(15) ? "null" : chance(8) && kind == "frame" ? "-" : "-") : blocks_[index].name;
		bool waits = who == "main" && chance(5);
		sent((waits ? "t1" : who) + " send " + target.name + ".0 " + kind + " " + what + (waits ? " timeout=30" : ""), index,
		     target.onDevice == onDevice, {&target});
	}

	/** From an output port, to what is connected there. */
	void sendFrom(Engine& engine) {
		static const std::pair<const char*, const char*> CONNECTED[] = {
			{"7.1", "7.2"}, {"7.2", "7.1"}, {"7.2", "8.2"}, {"7.3", "8.2"}, {"8.1", "7.3"}, {"8.2", "8.1"}};
		if (engine.name == "8.2" && chance(3)) {
			size_t index = carried(true, false);
			if (index == blocks_.size()) {
				return;
			}
			std::string answer = call(engine.visit + " send 2 frame " + blocks_[index].name);
			if (isOk(answer)) {
				bool isManual = blocks_[index].flag == "manual";
				uint32_t bytes = blocks_[index].size;
				if (!isManual) {
					blocks_.erase(blocks_.begin() + long(index));
				}
				std::string name = fresh();
				if (call("got 8.2.2 " + name).find('@') != std::string::npos) {
					blocks_.push_back({name, bytes, "received", false});
				}
			}
			return;
		}
		std::vector<Engine*> receivers;
		bool stays = false;
		for (const auto& connection : CONNECTED) {
			for (Engine& other : engines_) {
				if (engine.name == connection.first && other.name == connection.second) {
					receivers.push_back(&other);
					stays = stays || other.onDevice == engine.onDevice;
				}
			}
		}
		// To both sides at once, an AUTO_FREE block would be gone for the receiver on this one.
		size_t index = carried(engine.onDevice, receivers.size() > 1);
		std::string kind = type();
		index = kind == "string" ? blocks_.size() : index;
		sent(engine.visit + " send " + (chance(15) ? "9" : "0") + " " + kind + " " + (index == blocks_.size() ? "-" : blocks_[index].name), index,
		     stays, receivers);
	}

	/** Whatever can begin has begun, before anything else is done: otherwise it would be left to chance how full a queue is. */
	void settle() {
		for (Engine& engine : engines_) {
			if (engine.visit.empty() && engine.waiting > 0) {
				take(engine);
			}
		}
	}

	void take(Engine& engine) {
		std::string name = fresh();
		std::string answer = call("take " + engine.name + " " + name);
		engine.visit = name;
		engine.waiting--;
		size_t at = answer.find('@');
		if (at != std::string::npos) {
			uint32_t extent = uint32_t(std::strtoul(answer.c_str() + answer.find('+', at) + 1, nullptr, 10));
			blocks_.push_back({name, extent > 256 ? extent - 256 : 1, "received", engine.onDevice});
		}
	}

	void leave() {
		Engine& engine = any(engines_);
		if (!engine.visit.empty()) {
			call(engine.visit + " return OK");
			engine.visit.clear();
			settle();
		}
	}

	void look() {
		if (!blocks_.empty() && chance(2)) {
			const Known& block = any(blocks_);
			call("main isdmalloc " + block.name + " " + std::to_string(block.size + random_() % 3));
		} else if (chance(3)) {
			call("main queued " + any(engines_).name + " 0");
		} else {
			call(chance(2) ? "blocks host" : "blocks device0");
		}
	}

	/** Engines return, and take what they were sent, until nothing waits. */
	void end() {
		bool isBusy = true;
		while (isBusy) {
			isBusy = false;
			for (Engine& engine : engines_) {
				if (!engine.visit.empty()) {
					call(engine.visit + " return OK");
					engine.visit.clear();
				}
				isBusy = isBusy || engine.waiting > 0;
			}
			settle();
			for (Engine& engine : engines_) {
				isBusy = isBusy || !engine.visit.empty();
			}
		}
		for (Engine& engine : engines_) {
			if (!engine.visit.empty()) {
				call(engine.visit + " return OK");
			}
		}
		call("blocks host");
		call("blocks device0");
		call("main destroy 8");
		call("main destroy 7");
	}

	std::mt19937_64 random_;
	const std::string path_;
	const Caller* caller_ = nullptr;
	std::deque<Engine> engines_{{"7.1", false, 0, ""}, {"7.2", true, 0, ""}, {"7.3", true, 0, ""}, {"8.1", false, 0, ""}, {"8.2", true, 0, ""}};
	std::deque<Known> blocks_;
	uint64_t names_ = 0;
	uint64_t done_ = 0;
};

} // namespace

int main(int count, char** words) {
	if (count != 5) {
		std::fprintf(stderr, "usage: heaplens_messages FOLDER SEED SCENARIOS STEPS\n");
		return 2;
	}
	uint64_t seed = std::strtoull(words[2], nullptr, 10);
	uint64_t steps = 0;
	for (uint64_t number = 0; number < std::strtoull(words[3], nullptr, 10); number++) {
		Program program(seed + number, std::string(words[1]) + "/" + std::to_string(seed + number) + ".scenario");
		program.run(uint32_t(std::strtoul(words[4], nullptr, 10)));
		steps += program.steps();
	}
	std::printf("%llu\n", static_cast<unsigned long long>(steps));
	return 0;
}
