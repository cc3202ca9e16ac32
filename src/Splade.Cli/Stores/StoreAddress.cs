using System.Text.RegularExpressions;
using Grpc.Core;
using Npgsql;
using Qdrant.Client;
using Splade.AI.Hybrid;
using Splade.AI.Postgres;
using Splade.AI.Qdrant;

namespace Splade.Cli.Stores;

/// <summary>A store as it is named in one text: a kind, a colon, and where it is. Keys and passwords come from the environment.</summary>
internal static class StoreAddress
{
    public const string Help = "embedded:FOLDER, qdrant:http://HOST:6334/COLLECTION (its key from QDRANT_API_KEY), "
        + "or postgres://USER@HOST:5432/DATABASE/TABLE (its password from PGPASSWORD; ?sslmode=verify-full demands TLS)";

    private const string QdrantKey = "QDRANT_API_KEY";

    /// <summary>What an ingestion finds the passages of a document by.</summary>
    private const string DocumentField = "document";

    /// <summary>How long the check of an address waits for a server.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Opens a store, or makes an empty one.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="schema">Its vectors.</param>
    /// <param name="indexes">The fields of metadata that Qdrant keeps indexes of; the other stores filter by any.</param>
    /// <param name="cancellationToken">Ends the opening early.</param>
    /// <exception cref="ArgumentException">It names no kind of store, or no place.</exception>
    /// <exception cref="HybridStoreException">The store could not be reached, or is another.</exception>
    public static async Task<IHybridStore> OpenAsync(
        string address, HybridSchema schema, IEnumerable<QdrantPayloadIndex>? indexes = null, CancellationToken cancellationToken = default)
    {
        switch (Parse(address))
        {
            case QdrantHybridStoreOptions qdrant:
                qdrant.Schema = schema;
                qdrant.Indexes = [.. qdrant.Indexes.Union(indexes ?? [])];
                return await QdrantHybridStore.OpenAsync(qdrant, cancellationToken).ConfigureAwait(false);
            case PostgresHybridStoreOptions postgres:
                postgres.Schema = schema;
                return await PostgresHybridStore.OpenAsync(postgres, cancellationToken).ConfigureAwait(false);
            case var folder:
                return await EmbeddedHybridStore.OpenAsync((string)folder, schema, options: null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Finds out whether a store can be there, of any vectors: what is slow, such as loading models for them, comes after. It makes nothing.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="cancellationToken">Ends the check early.</param>
    /// <exception cref="ArgumentException">It names no kind of store, or no place.</exception>
    /// <exception cref="HybridStoreException">The server could not be reached, or refuses.</exception>
    public static async Task CheckAsync(string address, CancellationToken cancellationToken)
    {
        object place = Parse(address);
        try
        {
            if (place is QdrantHybridStoreOptions qdrant)
            {
                using var client = new QdrantClient(qdrant.Endpoint, qdrant.ApiKey, Patience);
                await client.CollectionExistsAsync(qdrant.CollectionName, cancellationToken).ConfigureAwait(false);
            }
            else if (place is PostgresHybridStoreOptions postgres)
            {
                var connection = new NpgsqlConnection(postgres.ConnectionString);
                await using (connection.ConfigureAwait(false))
                {
                    await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is RpcException or NpgsqlException && !cancellationToken.IsCancellationRequested)
        {
            string problem = e is RpcException { Status.Detail: var detail } ? detail : e.Message;
            throw new HybridStoreException($"The store {Shown(address)} cannot be used: {problem}", isTransient: true, code: null, e);
        }
    }

    /// <summary>The options of a store in a server, without its vectors; or a folder.</summary>
    private static object Parse(string address) => address.Split(':', 2) switch
    {
        ["embedded", { Length: > 0 } folder] => folder,
        ["qdrant", var url] when Place(url, 1) is var (uri, names) => new QdrantHybridStoreOptions
        {
            Endpoint = new Uri(uri.GetLeftPart(UriPartial.Authority)),
            CollectionName = names[0],
            ApiKey = Environment.GetEnvironmentVariable(QdrantKey),
            Indexes = [new QdrantPayloadIndex(DocumentField, MetadataKind.Text)],
        },
        ["postgres" or "postgresql", _] when SslModeOf(address) is var (place, mode) && Place(place, 2) is var (uri, names) =>
            new PostgresHybridStoreOptions { ConnectionString = ConnectionString(uri, names[0], mode), TableName = names[1] },
        _ => throw new ArgumentException(
            $"The store is '{Shown(address)}', expected {Help}.{(address.Contains('?', StringComparison.Ordinal) ? " Of what stands after '?' only PostgreSQL's sslmode is read." : "")}"),
    };

    /// <summary>The address without what may be a password: messages end up in logs.</summary>
    private static string Shown(string address) =>
        Regex.Replace(
            Regex.Replace(address, "^([a-z0-9]*:(?:https?:)?)?(//)?.*@", "$1$2...@", RegexOptions.IgnoreCase | RegexOptions.Singleline),
            @"\?.*", "?...", RegexOptions.Singleline);

    /// <summary>An address whose path has so many names. One with settings after a question mark is none: nobody would read them.</summary>
    private static (Uri Uri, string[] Names)? Place(string url, int names) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
        && uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries) is { } path && path.Length == names
            ? (uri, Array.ConvertAll(path, Uri.UnescapeDataString))
            : null;

    /// <summary>An address without its <c>?sslmode=</c>, as libpq has it, and that; null for a mode that there is not.</summary>
    private static (string Address, SslMode Mode)? SslModeOf(string address) => address.Split("?sslmode=") switch
    {
        [var plain] => (plain, new NpgsqlConnectionStringBuilder().SslMode),
        [var plain, var name] when name is "disable" or "allow" or "prefer" or "require" or "verify-ca" or "verify-full" =>
            (plain, Enum.Parse<SslMode>(name.Replace("-", ""), ignoreCase: true)),
        _ => null,
    };

    private static string ConnectionString(Uri uri, string database, SslMode mode)
    {
        string[] user = uri.UserInfo.Split(':', 2);
        var connection = new NpgsqlConnectionStringBuilder { Host = uri.Host, Database = database, SslMode = mode };
        if (!uri.IsDefaultPort)
        {
            connection.Port = uri.Port;
        }

        if (user[0].Length > 0)
        {
            connection.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            connection.Password = Uri.UnescapeDataString(user[1]);
        }

        return connection.ConnectionString;
    }
}
