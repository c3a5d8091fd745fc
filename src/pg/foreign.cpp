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

// The row that the index finds by its keys, or null; to be used before the catalog is closed.
class catalog_row {
   public:
    catalog_row(Snapshot at, Oid catalog, Oid index, std::span<const ScanKeyData> keys)
        : table_(::table_open(catalog, AccessShareLock)),
          scan_(::systable_beginscan(table_, index, true, at, static_cast<int>(keys.size()),
                                     const_cast<ScanKeyData*>(keys.data()))),
          tuple_(::systable_getnext(scan_)) {}

    bool found() const { return HeapTupleIsValid(tuple_); }

    template <class Form>
    const Form& as() const {
        return *reinterpret_cast<const Form*>(GETSTRUCT(tuple_));
    }

    // An attribute that may be null.
    std::optional<Datum> attribute(AttrNumber number) const {
        bool is_null;
        const Datum value = ::heap_getattr(tuple_, number, RelationGetDescr(table_), &is_null);
        if (is_null) return std::nullopt;
        return value;
    }

    // An attribute that holds options (text[]), or none.
    std::span<const option> options(AttrNumber number) const {
        const auto array = attribute(number);
        return array ? to_options(*array) : std::span<const option>{};
    }

    // Not a destructor: a server error jumps over it.
    void close() {
        ::systable_endscan(scan_);
        ::table_close(table_, AccessShareLock);
    }

   private:
    Relation table_;
    SysScanDesc scan_;
    HeapTuple tuple_;
};

ScanKeyData equal(AttrNumber number, RegProcedure comparison, Datum value) {
    ScanKeyData key;
    ::ScanKeyInit(&key, number, BTEqualStrategyNumber, comparison, value);
    return key;
}

// By the row's own list, not by that which the server has cached: that may be of another time.
bool may_use(Oid role, Oid owner, std::optional<Datum> list) {
    const Acl* const acl = list ? DatumGetAclP(*list) : ::acldefault(OBJECT_FOREIGN_SERVER, owner);
    return ::superuser_arg(role) || ::aclmask(acl, role, owner, ACL_USAGE, ACLMASK_ANY) != 0;
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

Snapshot take_catalog_snapshot() {
    ::InvalidateCatalogSnapshot();
    return ::RegisterSnapshot(::GetCatalogSnapshot(ForeignServerRelationId));
}

void release_catalog_snapshot(Snapshot at) { ::UnregisterSnapshot(at); }

std::optional<foreign_server> find_server(Snapshot at, std::string_view name, Oid role) {
    if (name.size() >= NAMEDATALEN) return std::nullopt;
    NameData text{};
    std::memcpy(NameStr(text), name.data(), name.size());
    const ScanKeyData keys[] = {
        equal(Anum_pg_foreign_server_srvname, F_NAMEEQ, NameGetDatum(&text))};
    catalog_row row(at, ForeignServerRelationId, ForeignServerNameIndexId, keys);
    std::optional<foreign_server> server;
    if (row.found()) {
        const auto& form = row.as<FormData_pg_foreign_server>();
        server = {form.oid, form.srvfdw,
                  may_use(role, form.srvowner, row.attribute(Anum_pg_foreign_server_srvacl)),
                  row.options(Anum_pg_foreign_server_srvoptions)};
    }
    row.close();
    return server;
}

std::optional<std::span<const option>> find_user_mapping(Snapshot at, Oid role, Oid server) {
    std::optional<std::span<const option>> mapping;
    for (const Oid owner : {role, InvalidOid}) {
        const ScanKeyData keys[] = {
            equal(Anum_pg_user_mapping_umuser, F_OIDEQ, ObjectIdGetDatum(owner)),
            equal(Anum_pg_user_mapping_umserver, F_OIDEQ, ObjectIdGetDatum(server))};
        catalog_row row(at, UserMappingRelationId, UserMappingUserServerIndexId, keys);
        if (row.found()) mapping = row.options(Anum_pg_user_mapping_umoptions);
        row.close();
        if (mapping) break;
    }
    return mapping;
}

bool is_wrapper_named(Oid wrapper, const char* name) {
    return ::get_foreign_data_wrapper_oid(name, true) == wrapper;
}

void refuse_usage(std::string_view name) {
    ::aclcheck_error(ACLCHECK_NO_PRIV, OBJECT_FOREIGN_SERVER, ::pnstrdup(name.data(), name.size()));
    pg_unreachable();
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
