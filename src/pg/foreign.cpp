#include "pg/foreign.hpp"

#include "pg/memory.hpp"

namespace s3sign::pg {
namespace {

std::uint64_t generation = 1;

#if PG_VERSION_NUM >= 190000
using cache_identifier = SysCacheIdentifier;
#else
using cache_identifier = int;
#endif

void catalog_changed(Datum, cache_identifier, uint32) noexcept { generation++; }

void listen() {
    static bool listening = false;
    if (listening) return;
    listening = true;
    for (const auto cache :
         {FOREIGNSERVEROID, USERMAPPINGOID, FOREIGNDATAWRAPPEROID, AUTHOID, AUTHMEMROLEMEM,
          DATABASEOID})  // whose owner is the member of pg_database_owner
        ::CacheRegisterSyscacheCallback(cache, catalog_changed, Datum{0});
}

// An attribute that holds options (text[]), or none.
std::span<const option> read_options(cache_identifier cache, HeapTuple tuple,
                                     AttrNumber attribute) {
    bool is_null;
    const Datum array = ::SysCacheGetAttr(cache, tuple, attribute, &is_null);
    return is_null ? std::span<const option>{} : to_options(array);
}

}  // namespace

std::span<const option> to_options(Datum array) {
    // A copy always: the options outlive the catalog's tuple, and can be wiped.
    ArrayType* const copy = DatumGetArrayTypePCopy(array);
    Datum* elements;
    int count;
    ::deconstruct_array(copy, TEXTOID, -1, false, TYPALIGN_INT, &elements, nullptr, &count);
    const auto options = allocate<option>(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < options.size(); i++) {
        const auto* const element = reinterpret_cast<const text*>(DatumGetPointer(elements[i]));
        const std::string_view text(VARDATA_ANY(element),
                                    static_cast<std::size_t>(VARSIZE_ANY_EXHDR(element)));
        const std::size_t equals = text.find('=');
        options[i] = {text.substr(0, equals), text.substr(equals + 1)};
    }
    return options;
}

std::optional<foreign_server> find_server(std::string_view name) {
    if (name.size() >= NAMEDATALEN) return std::nullopt;
    char key[NAMEDATALEN] = {};
    std::memcpy(key, name.data(), name.size());
    HeapTuple const tuple = ::SearchSysCache1(FOREIGNSERVERNAME, CStringGetDatum(key));
    if (!HeapTupleIsValid(tuple)) return std::nullopt;
    const auto* const row = reinterpret_cast<Form_pg_foreign_server>(GETSTRUCT(tuple));
    const foreign_server found{
        row->oid, row->srvfdw,
        read_options(FOREIGNSERVERNAME, tuple, Anum_pg_foreign_server_srvoptions)};
    ::ReleaseSysCache(tuple);
    return found;
}

std::optional<std::span<const option>> find_user_mapping(Oid role, Oid server) {
    for (const Oid owner : {role, InvalidOid}) {
        HeapTuple const tuple = ::SearchSysCache2(USERMAPPINGUSERSERVER, ObjectIdGetDatum(owner),
                                                  ObjectIdGetDatum(server));
        if (!HeapTupleIsValid(tuple)) continue;
        const auto options =
            read_options(USERMAPPINGUSERSERVER, tuple, Anum_pg_user_mapping_umoptions);
        ::ReleaseSysCache(tuple);
        return options;
    }
    return std::nullopt;
}

bool is_wrapper_named(Oid wrapper, const char* name) {
    return ::get_foreign_data_wrapper_oid(name, true) == wrapper;
}

void check_usage(Oid role, Oid server, std::string_view name) {
#if PG_VERSION_NUM >= 160000
    const AclResult allowed = ::object_aclcheck(ForeignServerRelationId, server, role, ACL_USAGE);
#else
    const AclResult allowed = ::pg_foreign_server_aclcheck(server, role, ACL_USAGE);
#endif
    if (allowed != ACLCHECK_OK)
        ::aclcheck_error(allowed, OBJECT_FOREIGN_SERVER, ::pnstrdup(name.data(), name.size()));
}

void wipe(std::string_view text) noexcept {
    ::explicit_bzero(const_cast<char*>(text.data()), text.size());
}

void wipe(std::span<const option> options) noexcept {
    for (const option& o : options) wipe(o.value);
}

std::uint64_t catalog_generation() {
    listen();
    ::AcceptInvalidationMessages();
    return generation;
}

}  // namespace s3sign::pg
