# module.mk - PGXS for C++20: an extension on src/pg includes it instead of PGXS
#
# The Makefile sets EXTENSION, MODULE_big, OBJS, DATA and REGRESS as for PGXS; the goals are PGXS's:
# all, install, installcheck, clean. WERROR=1 makes warnings errors; CXX and PG_CONFIG select the
# compiler and the PostgreSQL. `all` compares the C++ signatures with the SQL script.

# the folder that the includes "pg/..." and "base/error.hpp" start from
FRAMEWORK := $(patsubst %/,%,$(dir $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))))

DEPS = $(OBJS:.o=.d)
EXTRA_CLEAN += $(DEPS)
# the expected output of tests depends on the encoding and the locale
REGRESS_OPTS += --encoding=UTF8 --no-locale

# hidden except for the SQL functions; PostgreSQL 15 defines an empty PGDLLEXPORT
PG_CPPFLAGS += -I$(FRAMEWORK) '-DPGDLLEXPORT=__attribute__((visibility("default")))'
PG_CXXFLAGS += -std=c++20 -fvisibility=hidden -fvisibility-inlines-hidden
ifdef WERROR
PG_CXXFLAGS += -Wall -Wextra -Werror
endif

# PGXS links with CC, without libstdc++, and makes no C++20 bitcode
override COMPILER = $(CXX) $(CXXFLAGS)
override with_llvm = no
PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
ifeq (,$(wildcard $(PGXS)))
$(error $(EXTENSION) needs the pg_config and the server headers of PostgreSQL 15 or newer: set PG_CONFIG=...)
endif
include $(PGXS)

# PGXS passes options of GCC to every compiler
ifneq (,$(findstring clang,$(shell $(CXX) --version)))
override CXXFLAGS += -Wno-unknown-warning-option
endif

# -isystem: no warnings from the server's headers
SERVER_DIRS = $(includedir_server) $(includedir_internal)
INCLUDES_ALONE = $(filter-out $(SERVER_DIRS:%=-I%),$(CPPFLAGS))
INCLUDES = $(INCLUDES_ALONE) $(SERVER_DIRS:%=-isystem %)
$(OBJS): %.o: %.cpp Makefile $(FRAMEWORK)/pg/module.mk
	$(CXX) $(CXXFLAGS) $(INCLUDES) -MMD -MP -c -o $@ $<
-include $(DEPS)

# The server trusts the script: a type that differs from the library's is a crash. Compared is the
# script of the control file's default_version, where DATA has it.
DEFAULT_VERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" $(EXTENSION).control 2>/dev/null)
SQL_SCRIPT = $(filter %/$(EXTENSION)--$(DEFAULT_VERSION).sql,$(addprefix ./,$(DATA) $(DATA_built)))
ifneq (,$(SQL_SCRIPT))
all: check-signatures
.PHONY: check-signatures
check-signatures: $(shlib) $(SQL_SCRIPT)
	@if command -v python3 >/dev/null && command -v readelf >/dev/null; then \
		python3 $(FRAMEWORK)/pg/check_signatures --quiet $(SQL_SCRIPT) $(shlib) $(filter %.sql,$(DATA)); \
	else \
		echo "the signatures in $(SQL_SCRIPT) are not checked: that needs python3 and readelf"; \
	fi
endif
