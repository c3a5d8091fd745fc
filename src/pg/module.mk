# module.mk - PGXS for C++20: included in the place of PGXS by the Makefile of an extension on src/pg
#
# The Makefile has set EXTENSION, MODULE_big, OBJS, DATA and REGRESS as for PGXS; the goals are PGXS's:
# all, install, installcheck, clean. WERROR=1 makes warnings errors, CXX and PG_CONFIG choose.

FRAMEWORK := $(patsubst %/pg/module.mk,%,$(lastword $(MAKEFILE_LIST)))

DEPS = $(OBJS:.o=.d)
EXTRA_CLEAN += $(DEPS)
REGRESS_OPTS += --encoding=UTF8 --no-locale

# hidden but for SQL's functions; PostgreSQL 15 defines PGDLLEXPORT empty
PG_CPPFLAGS += -I$(FRAMEWORK) '-DPGDLLEXPORT=__attribute__((visibility("default")))'
PG_CXXFLAGS += -std=c++20 -fvisibility=hidden -fvisibility-inlines-hidden
ifdef WERROR
PG_CXXFLAGS += -Wall -Wextra -Werror
endif

# PGXS links with CC, which forgets libstdc++, and has no C++20 bitcode
override COMPILER = $(CXX) $(CXXFLAGS)
override with_llvm = no
PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# PGXS passes GCC's options to any compiler
ifneq (,$(findstring clang,$(shell $(CXX) --version)))
override CXXFLAGS += -Wno-unknown-warning-option
endif

# the server's headers without their warnings
SERVER_DIRS = $(includedir_server) $(includedir_internal)
INCLUDES = $(filter-out $(SERVER_DIRS:%=-I%),$(CPPFLAGS)) $(SERVER_DIRS:%=-isystem %)
$(OBJS): %.o: %.cpp Makefile
	$(CXX) $(CXXFLAGS) $(INCLUDES) -MMD -MP -c -o $@ $<
-include $(DEPS)
