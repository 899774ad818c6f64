// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/graph/device_process.h"
#include "channel.h"
#include "other_process.h"
#include "running_graph.h"
#include "wire.h"

#include <atomic>
#include <cerrno>
#include <cinttypes>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace heaplens {
namespace {

enum class Verb : uint64_t { Create, Destroy, Bring, HandOver, TakeBack };

/** What a process tells in its last moment: the signal, the address, and whose thread it was. */
struct LastWords {
	int signal;
	uintptr_t address;
	uint32_t graph;
	uint32_t engine;
};

/** Set once, before there is anything to go wrong; what a signal handler needs. */
Platform* platformOfHandler = nullptr;
int lastWordsPipe = -1;

std::string tell(const Platform& platform, const LastWords& words, Side side) {
	std::string whose = side == Side::Device ? "device" : "host";
	std::string line = "the " + whose + " process ended by signal " + std::to_string(words.signal) + " (" + strsignal(words.signal) + ")";
	if (words.graph != 0 || words.engine != 0) {
		line += " in engine " + std::to_string(words.engine) + " of graph " + std::to_string(words.graph);
	}
	char hex[24];
	std::snprintf(hex, sizeof hex, "0x%" PRIxPTR, words.address);
	for (const auto& heap : const_cast<Platform&>(platform).heaps()) {
		if (heap->info().place.side != side && heap->contains(reinterpret_cast<void*>(words.address))) {
			return line + ": it used the address " + hex + ", which is in the heap of " +
			       (heap->info().place.side == Side::Host ? "the host" : "device " + std::to_string(heap->info().place.device)) +
			       ": a pointer was sent to the other side instead of what it points to";
		}
	}
	return line + " at the address " + hex;
}

void onFault(int number, siginfo_t* info, void*) {
	EngineRuntime* engine = EngineRuntime::current();
	LastWords words{number, uintptr_t(info->si_addr), engine == nullptr ? 0 : engine->graph(), engine == nullptr ? 0 : engine->id()};
	if (lastWordsPipe >= 0) {
		ssize_t written = ::write(lastWordsPipe, &words, sizeof words);
		(void)written;
	} else if (platformOfHandler != nullptr) {
		// The process is lost: that a lock may be held does not matter any more.
		warn(tell(*platformOfHandler, words, Side::Host));
	}
	// Back to where it happened, which ends the process as if nobody had looked.
	::signal(number, SIG_DFL);
}

void watchFaults() {
	for (int number : {SIGSEGV, SIGBUS}) {
		struct sigaction before {};
		::sigaction(number, nullptr, &before);
		if (lastWordsPipe >= 0 || before.sa_handler == SIG_DFL) {
			struct sigaction action {};
			action.sa_sigaction = onFault;
			action.sa_flags = SA_SIGINFO | SA_ONSTACK;
			::sigaction(number, &action, nullptr);
		}
	}
}

/** The other process, asked over a channel; and what it is answered. */
class Link final : public OtherProcess {
public:
	Link(int socket, Graphs& graphs, const MessageTypes& types, FindMakers makers, Side side)
		: graphs_(graphs), inside_(graphs.inside()), types_(types), makers_(std::move(makers)), side_(side),
		  channel_(socket, [this](const std::string& question) { return answer(question); }) {
		for (const auto& heap : graphs.platform().heaps()) {
			windows_.push_back(heap->info().place.side == side ? nullptr : heap->memory().window());
		}
	}

	Channel& channel() { return channel_; }

	Graphs::Made create(const GraphConfig& graph, const std::string& folder) override {
		Writer writer;
		writer.number(uint64_t(Verb::Create)).text(folder);
		write(writer, graph);
		std::string bytes = channel_.ask(writer.bytes());
		if (bytes.empty()) {
			return {Status::SendMsgFailed, "the device process is gone"};
		}
		Reader reader(bytes);
		auto status = Status(reader.number());
		return {status, reader.text()};
	}

	Status destroy(uint32_t graph) override { return status(Writer().number(uint64_t(Verb::Destroy)).number(graph)); }
	Status handOver(uint64_t ticket) override { return status(Writer().number(uint64_t(Verb::HandOver)).number(ticket)); }
	void takeBack(uint64_t ticket) override { status(Writer().number(uint64_t(Verb::TakeBack)).number(ticket)); }

	Status bring(const EnginePort& target, const Parcel& parcel, int64_t nanos, uint64_t& ticket) override {
		if (parcel.kind == Parcel::Kind::Failed) {
			return parcel.failure;
		}
		Writer writer;
		writer.number(uint64_t(Verb::Bring)).port(target).number(uint64_t(parcel.kind)).text(parcel.name).text(parcel.control);
		writer.number(uint64_t(nanos)).number(parcel.transfer).number(parcel.length).number(parcel.present);
		if (parcel.kind == Parcel::Kind::Block) {
			const HeapInfo& heap = parcel.heap->info();
			writer.number(heap.number).number(uint64_t(uintptr_t(parcel.data)) - heap.base);
		} else {
			// Memory of the program, which the other process does not see.
			writer.text(std::string(reinterpret_cast<const char*>(parcel.data), parcel.length));
		}
		std::string bytes = channel_.ask(writer.bytes());
		if (bytes.empty()) {
			return Status::SendMsgFailed;
		}
		Reader reader(bytes);
		auto answer = Status(reader.number());
		ticket = reader.number();
		return answer;
	}

private:
	/** What has been brought, until it is handed over or taken back. */
	struct Brought {
		std::shared_ptr<RunningGraph> graph;
		std::shared_ptr<EngineRuntime> engine;
		uint32_t port;
		Copy copy;
	};

	Status status(const Writer& question) {
		std::string bytes = channel_.ask(question.bytes());
		return bytes.empty() ? Status::SendMsgFailed : Status(Reader(bytes).number());
	}

	std::string answer(const std::string& question) {
		Reader reader(question);
		switch (Verb(reader.number())) {
		case Verb::Create:
			return created(reader);
		case Verb::Destroy:
			return Writer().number(uint64_t(graphs_.destroy(uint32_t(reader.number())))).bytes();
		case Verb::Bring:
			return brought(reader);
		case Verb::HandOver:
			return Writer().number(uint64_t(handedOver(reader.number()))).bytes();
		case Verb::TakeBack:
			takenBack(reader.number());
			return Writer().number(uint64_t(Status::Ok)).bytes();
		}
		return Writer().number(uint64_t(Status::InvalidValue)).bytes();
	}

	std::string created(Reader& reader) {
		std::string folder = reader.text();
		GraphConfig graph = readGraph(reader);
		std::string problem = makers_(graph, side_, folder);
		bool inFile = !graph.engines.empty() && !graph.engines[0].where.empty();
		Status unknown = inFile ? Status::ProtoFileParseFailed : Status::EngineNotExist;
		Graphs::Made made = problem.empty() ? graphs_.create(graph) : Graphs::Made{unknown, problem};
		return Writer().number(uint64_t(made.status)).text(made.problem).bytes();
	}

	std::string brought(Reader& reader) {
		Brought one{};
		uint64_t ticket = 0;
		Status status = bringHere(reader, one);
		if (status == Status::Ok) {
			std::lock_guard<std::mutex> guard(lock_);
			ticket = ++tickets_;
			brought_.emplace(ticket, std::move(one));
		}
		return Writer().number(uint64_t(status)).number(ticket).bytes();
	}

	Status bringHere(Reader& reader, Brought& one) {
		EnginePort target = reader.port();
		Parcel parcel;
		parcel.kind = Parcel::Kind(reader.number());
		parcel.name = reader.text();
		parcel.control = reader.text();
		auto nanos = int64_t(reader.number());
		parcel.transfer = reader.number();
		parcel.length = uint32_t(reader.number());
		parcel.present = uint32_t(reader.number());
		std::string inlined;
		if (parcel.kind == Parcel::Kind::Block) {
			uint64_t heap = reader.number();
			// Only read from, though the program's functions say otherwise.
			parcel.data = const_cast<uint8_t*>(windows_.at(heap)) + reader.number();
			parcel.kind = Parcel::Kind::Parts;
		} else {
			inlined = reader.text();
			parcel.data = parcel.length == 0 ? nullptr : reinterpret_cast<uint8_t*>(&inlined[0]);
		}
		one.graph = inside_->graph(target.graph);
		one.engine = one.graph == nullptr ? nullptr : one.graph->engine(target);
		one.port = target.port;
		if (one.engine == nullptr) {
			return one.graph == nullptr ? Status::GraphNotExist : Status::EngineNotExist;
		}
		parcel.codec = types_.find(parcel.name);
		if (parcel.codec == nullptr || parcel.codec->isHighSpeed() != (parcel.kind == Parcel::Kind::Parts)) {
			return graphs_.platform().heap(one.engine->place()).refuse(0, Flag::None, Status::InvalidValue, Reason::UnregisteredMessage);
		}
		Clock& clock = graphs_.platform().clock();
		int64_t deadline = clock.now() + nanos;
		Inbox& inbox = one.engine->inbox();
		if (!inbox.reserve(one.port, nanos)) {
			return inbox.isClosed() ? Status::GraphNotExist : inside_->rules.queueFull;
		}
		int64_t left = std::max<int64_t>(0, deadline - clock.now()) / 1000000;
		one.copy = inside_->transfer.unpack(parcel, *one.engine, uint32_t(std::min<int64_t>(left, INT32_MAX)));
		if (one.copy.status != Status::Ok) {
			inbox.release(one.port);
		}
		return one.copy.status;
	}

	bool take(uint64_t ticket, Brought& one) {
		std::lock_guard<std::mutex> guard(lock_);
		auto found = brought_.find(ticket);
		if (found == brought_.end()) {
			return false;
		}
		one = std::move(found->second);
		brought_.erase(found);
		return true;
	}

	Status handedOver(uint64_t ticket) {
		Brought one{};
		if (!take(ticket, one)) {
			return Status::InvalidValue;
		}
		if (one.copy.made) {
			one.engine->received(one.copy.made);
		}
		Item item{one.port, std::move(one.copy.message), one.copy.made, {}};
		if (one.engine->inbox().put(item)) {
			return Status::Ok;
		}
		EngineRuntime::drop(one.engine.get(), item.message, item.made);
		return Status::GraphNotExist;
	}

	void takenBack(uint64_t ticket) {
		Brought one{};
		if (take(ticket, one)) {
			one.engine->inbox().release(one.port);
			EngineRuntime::drop(one.engine.get(), one.copy.message, one.copy.made);
		}
	}

	Graphs& graphs_;
	const std::shared_ptr<Graphs::Inside> inside_;
	const MessageTypes& types_;
	const FindMakers makers_;
	const Side side_;
	std::vector<const uint8_t*> windows_;
	std::mutex lock_;
	std::map<uint64_t, Brought> brought_;
	uint64_t tickets_ = 0;
	Channel channel_;
};

/** Never destroyed, as its threads never end before their process. */
Link* connect(int socket, Graphs& graphs, const MessageTypes& types, const FindMakers& makers, Side side) {
	auto* link = new Link(socket, graphs, types, makers, side);
	graphs.platform().keepOnly(side);
	graphs.inside()->other = link;
	graphs.inside()->side = side;
	return link;
}

[[noreturn]] void beDevice(int socket, Graphs& graphs, const MessageTypes& types, const FindMakers& makers) {
	Link* link = connect(socket, graphs, types, makers, Side::Device);
	watchFaults();
	link->channel().start([&graphs] {
		graphs.platform().end();
		// Neither the program's destructors nor its buffers are this process's.
		::_exit(0);
	});
	while (true) {
		::pause();
	}
}

struct Child {
	pid_t pid = 0;
	int lastWords = -1;
	Link* link = nullptr;
	std::atomic<bool> ending{false};
	std::mutex lock;
	bool gone = false;
};

Child* child = nullptr;

/** Waits until the device process is gone, and says why in one line, unless this process has ended it. */
void awaitDevice(const Platform& platform) {
	std::lock_guard<std::mutex> guard(child->lock);
	int status = 0;
	while (!child->gone && ::waitpid(child->pid, &status, 0) < 0 && errno == EINTR) {
	}
	if (std::exchange(child->gone, true) || (child->ending && !WIFSIGNALED(status))) {
		return;
	}
	LastWords words{};
	if (::read(child->lastWords, &words, sizeof words) == ssize_t(sizeof words)) {
		warn(tell(platform, words, Side::Device));
	} else if (WIFSIGNALED(status)) {
		warn("the device process ended by signal " + std::to_string(WTERMSIG(status)) + " (" + strsignal(WTERMSIG(status)) + ")");
	} else {
		warn("the device process has ended with status " + std::to_string(WEXITSTATUS(status)));
	}
}

/** Its recording has an end when this one's has. */
void endDevice() {
	child->ending = true;
	child->link->channel().shutdown();
	awaitDevice(*platformOfHandler);
}

} // namespace

Status RemoteGoal::bring(Delivery& delivery) {
	return process_.bring(target_, delivery.parcel(), delivery.nanosFor(place_), ticket_);
}

Status RemoteGoal::handOver(Delivery&, const KnownBlock&) {
	return process_.handOver(ticket_);
}

void RemoteGoal::takeBack(Delivery&) {
	process_.takeBack(ticket_);
}

void beginDeviceProcess(Graphs& graphs, const MessageTypes& types, const FindMakers& makers) {
	static std::mutex lock;
	std::lock_guard<std::mutex> guard(lock);
	Platform& platform = graphs.platform();
	if (child != nullptr || graphs.inside()->other != nullptr || !platform.settings().isOn(Setting::DeviceProcess)) {
		return;
	}
	if (platform.outside().side == Side::Device) {
		warn(std::string(Settings::key(Setting::DeviceProcess)) + " means nothing where all is on the device");
		return;
	}
	int sockets[2];
	int pipes[2];
	if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0 || ::pipe2(pipes, O_CLOEXEC) != 0) {
		warn(std::string("the device has no process of its own: ") + std::strerror(errno));
		return;
	}
	platformOfHandler = &platform;
	pid_t pid = ::fork();
	if (pid == 0) {
		::close(sockets[0]);
		::close(pipes[0]);
		lastWordsPipe = pipes[1];
		beDevice(sockets[1], graphs, types, makers);
	}
	::close(sockets[1]);
	::close(pipes[1]);
	if (pid < 0) {
		warn(std::string("the device has no process of its own: ") + std::strerror(errno));
		return;
	}
	child = new Child;
	child->pid = pid;
	child->lastWords = pipes[0];
	child->link = connect(sockets[0], graphs, types, makers, Side::Host);
	watchFaults();
	child->link->channel().start([&platform] { awaitDevice(platform); });
	std::atexit(endDevice);
}

} // namespace heaplens
