// Linked into the library that is tested: replaces the server's palloc, and has SQL functions
// to command the faults.
#include <malloc.h>

#include <cstdint>

#include "faults.hpp"
#include "pg/function.hpp"

extern "C" {

void* __real_palloc(Size size);
void* __real_palloc_extended(Size size, int flags);
void* __wrap_palloc(Size size);
void* __wrap_palloc_extended(Size size, int flags);

void* __wrap_palloc(Size size) {
    if (faults_due(faults_palloc))
        ereport(ERROR, (::errcode(ERRCODE_OUT_OF_MEMORY), ::errmsg("out of memory")));
    return __real_palloc(size);
}

void* __wrap_palloc_extended(Size size, int flags) {
    if (!faults_due(faults_palloc)) return __real_palloc_extended(size, flags);
    if ((flags & MCXT_ALLOC_NO_OOM) == 0)
        ereport(ERROR, (::errcode(ERRCODE_OUT_OF_MEMORY), ::errmsg("out of memory")));
    return nullptr;
}
}

namespace s3sign {
namespace {

// 1 palloc, 2 malloc, 3 EVP_MD_fetch
bool arm(std::int32_t kind, std::int32_t count) {
    faults_arm(kind, count);
    return true;
}

bool disarm() { return faults_disarm(); }

// What malloc has given out: the server's memory contexts and the C++ heap.
std::int64_t heap() { return static_cast<std::int64_t>(::mallinfo2().uordblks); }

}  // namespace

PG_FUNCTION(s3sign_faults_arm, arm)
PG_FUNCTION(s3sign_faults_disarm, disarm)
PG_FUNCTION(s3sign_faults_heap, heap)

}  // namespace s3sign
