// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "messages.h"
#include "options.h"
#include "run.h"

#include "hiaiengine/api.h"

#include <chrono>
#include <cstdio>
#include <cstring>
#include <thread>

Run* Run::current = nullptr;

namespace {
const uint32_t GRAPH = 100;
const uint32_t CAMERA = 1;
const uint32_t PATIENCE_SECONDS = 30;
const std::chrono::milliseconds PACE(50);

/** Beside the program, wherever it is started. */
std::string graphFile(const char* program) {
	std::string path = program;
	return path.substr(0, path.rfind('/') + 1) + "graph.config";
}

/** As a camera would: at a steady pace, and never more under way than the heaps are meant for. */
void sendShots(hiai::Graph& graph, const Options& options, Progress& progress) {
	const std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();
	for (uint32_t number = 0; options.frames > 0 ? number < options.frames
	                                             : std::chrono::steady_clock::now() - begin < std::chrono::seconds(options.seconds);
	     number++) {
		progress.depart();
		std::shared_ptr<Shot> shot = std::make_shared<Shot>(Shot{number});
		hiai::EnginePortID camera;
		camera.graph_id = GRAPH;
		camera.engine_id = CAMERA;
		camera.port_id = 0;
		if (graph.SendData(camera, "Shot", std::static_pointer_cast<void>(shot)) != HIAI_OK) {
			progress.lost(number, "the camera does not answer");
		}
		std::this_thread::sleep_until(begin + PACE * (number + 1));
	}
}
} // namespace

/** Sends frames from the host to the device and takes what the device finds in them. */
int main(int count, char** arguments) {
	if (count == 2 && std::strcmp(arguments[1], "--help") == 0) {
		std::puts(Options::USAGE);
		return 0;
	}
	Options options;
	std::string problem = options.parse(count, arguments);
	if (!problem.empty()) {
		std::fprintf(stderr, "%s\n", problem.c_str());
		return 2;
	}
	Run run(options.seed);
	Run::current = &run;
	HIAI_Init(0);
	if (hiai::Graph::CreateGraph(graphFile(arguments[0])) != HIAI_OK) {
		std::fprintf(stderr, "the graph of %s cannot be made\n", graphFile(arguments[0]).c_str());
		return 2;
	}
	sendShots(*hiai::Graph::GetInstance(GRAPH), options, run.progress);
	bool finished = run.progress.finish(PATIENCE_SECONDS);
	hiai::Graph::DestroyGraph(GRAPH);
	std::puts(run.progress.summary().c_str());
	return finished ? 0 : 1;
}
