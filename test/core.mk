# The core alone, without PostgreSQL: unit tests and benchmark
#
#   make -f test/core.mk unit [CXX=clang++] [SANITIZE=1] [WERROR=1]
#   make -f test/core.mk bench
#   make -f test/core.mk urls      what test/instructions/run counts
#   make -f test/core.mk build/g++/read_credentials      for test/credentials_files/run
#   make -f test/core.mk fuzzers
#
# Builds below build/, a directory for each way of building.

CXX = g++
SANITIZE =
FLAGS = -std=c++20 -g -O2 -Isrc $(if $(WERROR),-Wall -Wextra -Werror)
ifneq (,$(SANITIZE))
FLAGS += -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
endif
LIBS = -lcrypto -pthread

BUILD = build/$(notdir $(CXX))$(if $(SANITIZE),-sanitize)
CORE = $(patsubst %.cpp,$(BUILD)/%.o,$(sort $(wildcard $(patsubst %,src/%/*.cpp,base redact sigv4 s3))))
UNIT = $(patsubst %.cpp,$(BUILD)/%.o,$(sort $(wildcard test/unit/*.cpp)))
BENCH = $(patsubst %.cpp,$(BUILD)/%.o,$(sort $(wildcard bench/*.cpp)))

# libFuzzer is clang's, and the core is built again for it
FUZZ_FLAGS = -std=c++20 -g -O1 -fno-omit-frame-pointer -Isrc -Wall -Wextra -Werror \
	-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
FUZZ_CORE = $(patsubst %.cpp,build/fuzz/%.o,$(sort $(wildcard $(patsubst %,src/%/*.cpp,base redact sigv4 s3))))
FUZZERS = $(patsubst test/%.cpp,build/%,$(sort $(wildcard test/fuzz/*.cpp)))

.PHONY: unit bench urls fuzzers
unit: $(BUILD)/unit
	$(BUILD)/unit $(UNIT_ARGS)
bench: $(BUILD)/benchmark
	$(BUILD)/benchmark $(BENCH_ARGS)

urls: $(BUILD)/urls

# Without the target attributes, and beside the other in another namespace: see test/unit/lanes.hpp.
PORTABLE = -Dsigv4=portable_sigv4 '-DS3SIGN_FOR(processor)='
$(BUILD)/portable_lanes.o: src/sigv4/lanes.cpp Makefile test/core.mk
	@mkdir -p $(@D)
	$(CXX) $(FLAGS) $(PORTABLE) -MMD -MP -c -o $@ $<
build/fuzz/portable_lanes.o: src/sigv4/lanes.cpp Makefile test/core.mk
	@mkdir -p $(@D)
	clang++ $(FUZZ_FLAGS) $(PORTABLE) -MMD -MP -c -o $@ $<

$(BUILD)/unit: $(CORE) $(UNIT) $(BUILD)/portable_lanes.o
	$(CXX) $(FLAGS) -o $@ $^ -lgtest_main -lgtest $(LIBS)
$(BUILD)/benchmark: $(CORE) $(BENCH)
	$(CXX) $(FLAGS) -o $@ $^ -lbenchmark $(LIBS)

# without debug information: valgrind 3.19 can't read clang's
$(BUILD)/urls: $(CORE) $(BUILD)/test/instructions/urls.o
	$(CXX) $(FLAGS) -s -o $@ $^ $(LIBS)

$(BUILD)/read_credentials: $(CORE) $(BUILD)/test/credentials_files/read.o
	$(CXX) $(FLAGS) -o $@ $^ $(LIBS)

# The tests take a fifth of the time to compile where nothing in them is optimized, and GoogleTest and the
# standard library are parsed once.
$(UNIT): SPEED = -O0
$(UNIT): PRECOMPILED = -include $(BUILD)/unit.hpp
$(UNIT): $(BUILD)/unit.hpp.gch
$(BUILD)/unit.hpp.gch: Makefile test/core.mk
	@mkdir -p $(@D)
	echo '#include "$(CURDIR)/test/unit/support.hpp"' >$(@:.gch=)
	$(CXX) $(FLAGS) $(SPEED) -MMD -MP -MF $@.d -x c++-header -o $@ $(@:.gch=)

# as the extension builds it
ifeq (,$(SANITIZE))
$(CORE): SPEED = -O3
endif
$(BUILD)/%.o: %.cpp Makefile test/core.mk
	@mkdir -p $(@D)
	$(CXX) $(FLAGS) $(SPEED) $(PRECOMPILED) -MMD -MP -c -o $@ $<

fuzzers: $(FUZZERS)
build/fuzz/lanes: build/fuzz/portable_lanes.o
build/fuzz/%: build/fuzz/test/fuzz/%.o $(FUZZ_CORE)
	clang++ $(FUZZ_FLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)
build/fuzz/%.o: %.cpp Makefile test/core.mk
	@mkdir -p $(@D)
	clang++ $(FUZZ_FLAGS) -MMD -MP -c -o $@ $<

.SECONDARY:
-include $(FUZZ_CORE:.o=.d) $(patsubst test/%.cpp,build/fuzz/test/%.d,$(wildcard test/fuzz/*.cpp))
-include $(patsubst %.o,%.d,$(CORE) $(UNIT) $(BENCH)) $(BUILD)/unit.hpp.gch.d
