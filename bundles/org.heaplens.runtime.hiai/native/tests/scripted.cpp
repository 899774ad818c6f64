// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "scripted.h"

#include <sstream>
#include <stdexcept>

namespace heaplens {

/** An engine that does for each message what the scenario says. */
class Script::ScriptedEngine final : public EngineBody {
public:
	ScriptedEngine(Script& script, std::string name, Status readiness) : script_(script), name_(std::move(name)), readiness_(readiness) {}

	void connect(const std::shared_ptr<Outlet>& outlet) override {
		script_.clock_.change([&] { script_.mailboxes_[name_].outlet = outlet; });
		outlet_ = outlet;
	}

	Status init(const std::vector<ConfigItem>&, const std::vector<std::vector<ConfigItem>>&) override { return readiness_; }

	Status process(uint32_t port, const Message& message) override {
		auto visit = std::make_shared<Visit>(script_.clock_);
		visit->port = port;
		visit->told = script_.told(message);
		visit->outlet = outlet_;
		bool leaving = false;
		script_.clock_.change([&] {
			leaving = script_.leaving_;
			script_.mailboxes_[name_].visits.push_back(visit);
		});
		if (!leaving) {
			visit->actor.serve();
		}
		return visit->answer;
	}

	Status quiet() override {
		script_.clock_.change([this] {
			Mailbox& mailbox = script_.mailboxes_[name_];
			mailbox.quiets++;
			mailbox.quietThread = std::this_thread::get_id();
		});
		return Status::Ok;
	}

private:
	Script& script_;
	const std::string name_;
	const Status readiness_;
	std::shared_ptr<Outlet> outlet_;
};

void Script::registerTypes() {
	registerType("frame", true);
	registerType("plain", false);
	static uint8_t foreign[1000];
	auto control = [](void* message, std::string& bytes) { bytes = static_cast<Told*>(message)->type; };
	types_.registerHighSpeed(
		"foreign",
		[=](void* message, std::string& bytes, uint8_t*& data, uint32_t& length) {
			control(message, bytes);
			data = foreign;
			length = sizeof foreign;
		},
		[this](const char* bytes, uint32_t size, uint8_t* data, uint32_t length) {
			return message({std::string(bytes, size), data, length});
		});
	types_.registerHighSpeed(
		"broken",
		[=](void* message, std::string& bytes, uint8_t*& data, uint32_t& length) {
			control(message, bytes);
			data = static_cast<Told*>(message)->block;
			length = static_cast<Told*>(message)->size;
		},
		[](const char*, uint32_t, uint8_t*, uint32_t) -> Message {
			throw std::runtime_error("a deserializer that fails, as the scenario wants");
		});
}

Status Script::registerType(const std::string& name, bool highSpeed) {
	if (!highSpeed) {
		return types_.registerPlain(
			name, [](void* message, std::string& bytes) { bytes = static_cast<Told*>(message)->type; },
			[this](const std::string& bytes) { return message({bytes, nullptr, 0}); });
	}
	return types_.registerHighSpeed(
		name,
		[](void* message, std::string& bytes, uint8_t*& data, uint32_t& length) {
			auto* told = static_cast<Told*>(message);
			bytes = told->type;
			data = told->block;
			length = told->size;
		},
		[this](const char* bytes, uint32_t size, uint8_t* data, uint32_t length) {
			return message({std::string(bytes, size), data, length});
		});
}

Message Script::message(const Told& told) {
	if (told.type == "string") {
		return std::make_shared<std::string>("words");
	}
	auto* made = new Told(told);
	std::lock_guard<std::mutex> guard(lock_);
	alive_.insert(made);
	return std::shared_ptr<Told>(made, [this](Told* gone) {
		{
			std::lock_guard<std::mutex> guard(lock_);
			alive_.erase(gone);
		}
		delete gone;
	});
}

Told Script::told(const Message& message) {
	std::lock_guard<std::mutex> guard(lock_);
	return alive_.count(message.get()) == 0 ? Told{"string", nullptr, 0} : *static_cast<Told*>(message.get());
}

GraphConfig Script::config(const Scenario& scenario, uint32_t graph) {
	GraphConfig config;
	config.id = graph;
	bool found = false;
	for (const Scenario::Line& part : scenario.parts) {
		std::vector<uint32_t> name = numbers(part.word(1));
		if (name[0] != graph) {
			continue;
		}
		found = true;
		if (part.word(0) == "graph") {
			config.device = uint32_t(std::stoul(part.option("device", "0")));
		} else if (part.word(0) == "engine") {
			config.engines.push_back(engine(part));
		} else {
			std::vector<uint32_t> target = numbers(part.word(2));
			config.connections.push_back({{name[0], name[1], name[2]}, {target[0], target[1], target[2]}});
		}
	}
	if (!found) {
		throw std::runtime_error("the scenario describes no graph " + std::to_string(graph));
	}
	return config;
}

EngineConfig Script::engine(const Scenario::Line& part) {
	const std::string& name = part.word(1);
	EngineConfig config;
	config.id = numbers(name)[1];
	config.name = "engine" + name;
	config.side = part.word(2) == "host" ? Side::Host : Side::Device;
	config.threads = uint32_t(std::stoul(part.option("threads", "1")));
	config.queueSize = uint32_t(std::stoul(part.option("queue", "0")));
	config.quietMillis = uint32_t(std::stoul(part.option("quiet", "0")));
	config.repeatsQuiet = part.option("again", "no") == "yes";
	config.receivesForDvpp = part.option("dvpp", "no") == "yes";
	Status readiness = statusOf(part.option("init", "OK"));
	config.maker = [this, name, readiness] { return std::make_shared<ScriptedEngine>(*this, name, readiness); };
	return config;
}

std::shared_ptr<Visit> Script::visit(const std::string& engine) {
	std::shared_ptr<Visit> visit;
	clock_.awaitThat([&] {
		auto& visits = mailboxes_[engine].visits;
		if (visits.empty()) {
			return false;
		}
		visit = visits.front();
		visits.pop_front();
		return true;
	});
	return visit;
}

int Script::quiets(const std::string& engine, int atLeast) {
	int told = 0;
	std::thread::id thread;
	clock_.awaitThat([&] { return mailboxes_[engine].quiets >= atLeast; });
	clock_.change([&] {
		std::swap(told, mailboxes_[engine].quiets);
		thread = mailboxes_[engine].quietThread;
	});
	if (thread != std::thread::id()) {
		clock_.awaitResting(thread);
	}
	return told;
}

std::shared_ptr<Outlet> Script::outlet(const std::string& engine) {
	std::shared_ptr<Outlet> result;
	clock_.change([&] { result = mailboxes_[engine].outlet; });
	if (result == nullptr) {
		throw std::runtime_error("there is no engine " + engine);
	}
	return result;
}

void Script::leaveAll() {
	std::vector<std::shared_ptr<Visit>> all;
	clock_.change([&] {
		leaving_ = true;
		for (auto& [name, mailbox] : mailboxes_) {
			all.insert(all.end(), mailbox.visits.begin(), mailbox.visits.end());
		}
	});
	for (const auto& visit : all) {
		visit->actor.leave();
	}
}

std::vector<uint32_t> numbers(const std::string& text) {
	std::vector<uint32_t> result;
	std::istringstream stream(text);
	for (std::string number; std::getline(stream, number, '.');) {
		result.push_back(uint32_t(std::stoul(number)));
	}
	return result;
}

Status statusOf(const std::string& text) {
	for (uint32_t level = 1; level <= 3; level++) {
		for (uint32_t number = 0; number < 0x200; number++) {
			auto status = Status(0x01010000U | level << 12 | number);
			if (text == name(status)) {
				return status;
			}
		}
	}
	throw std::runtime_error("there is no status " + text);
}

} // namespace heaplens
