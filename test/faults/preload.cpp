// Preloaded into a server: stands before malloc and EVP_MD_fetch.
#include <dlfcn.h>

#include <cerrno>
#include <cstddef>

#include "faults.hpp"

namespace {

int armed = faults_none;
int left = 0;
bool fired = false;

}  // namespace

extern "C" {

// glibc's own
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);

bool faults_due(int kind) noexcept {
    if (armed != kind || --left > 0) return false;
    armed = faults_none;
    fired = true;
    return true;
}

void faults_arm(int kind, int count) noexcept {
    left = count;
    fired = false;
    armed = kind;
}

bool faults_disarm() noexcept {
    armed = faults_none;
    return fired;
}

void* malloc(std::size_t size) {
    if (!faults_due(faults_malloc)) return __libc_malloc(size);
    errno = ENOMEM;
    return nullptr;
}

void* calloc(std::size_t count, std::size_t size) {
    if (!faults_due(faults_malloc)) return __libc_calloc(count, size);
    errno = ENOMEM;
    return nullptr;
}

void* realloc(void* block, std::size_t size) {
    if (!faults_due(faults_malloc)) return __libc_realloc(block, size);
    errno = ENOMEM;
    return nullptr;
}

void* EVP_MD_fetch(void* context, const char* algorithm, const char* properties) {
    using fetch = void* (*)(void*, const char*, const char*);
    static const auto next = reinterpret_cast<fetch>(::dlsym(RTLD_NEXT, "EVP_MD_fetch"));
    return faults_due(faults_fetch) ? nullptr : next(context, algorithm, properties);
}
}
