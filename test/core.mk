# The core alone, without PostgreSQL: unit tests and benchmark
#
#   make -f test/core.mk unit [CXX=clang++] [SANITIZE=1] [WERROR=1]
#   make -f test/core.mk bench
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
CORE = $(patsubst %.cpp,$(BUILD)/%.o,$(sort $(wildcard src/sigv4/*.cpp src/s3/*.cpp)))
UNIT = $(patsubst %.cpp,$(BUILD)/%.o,$(sort $(wildcard test/unit/*.cpp)))
BENCH = $(patsubst %.cpp,$(BUILD)/%.o,$(sort $(wildcard bench/*.cpp)))

.PHONY: unit bench
unit: $(BUILD)/unit
	$(BUILD)/unit $(UNIT_ARGS)
bench: $(BUILD)/benchmark
	$(BUILD)/benchmark $(BENCH_ARGS)

$(BUILD)/unit: $(CORE) $(UNIT)
	$(CXX) $(FLAGS) -o $@ $^ -lgtest_main -lgtest $(LIBS)
$(BUILD)/benchmark: $(CORE) $(BENCH)
	$(CXX) $(FLAGS) -o $@ $^ -lbenchmark $(LIBS)

# as the extension builds it
ifeq (,$(SANITIZE))
$(CORE): SPEED = -O3
endif
$(BUILD)/%.o: %.cpp Makefile test/core.mk
	@mkdir -p $(@D)
	$(CXX) $(FLAGS) $(SPEED) -MMD -MP -c -o $@ $<

-include $(patsubst %.o,%.d,$(CORE) $(UNIT) $(BENCH))
