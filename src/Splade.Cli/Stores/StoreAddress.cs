using System.Text.RegularExpressions;
using Npgsql;
using Splade.AI.Hybrid;
using Splade.AI.Postgres;
using Splade.AI.Qdrant;

namespace Splade.Cli.Stores;

/// <summary>A store as it is named in one text: a kind, a colon, and where it is. Keys and passwords come from the environment.</summary>
internal static class StoreAddress
{
    public const string Help = "embedded:FOLDER, qdrant:http://HOST:6334/COLLECTION (its key from QDRANT_API_KEY), "
        + "or postgres://USER@HOST:5432/DATABASE/TABLE (its password from PGPASSWORD)";

    private const string QdrantKey = "QDRANT_API_KEY";

    /// <summary>What an ingestion finds the passages of a document by.</summary>
    private const string DocumentField = "document";

    /// <summary>Opens a store, or makes an empty one.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="schema">Its vectors.</param>
    /// <param name="cancellationToken">Ends the opening early.</param>
    /// <exception cref="ArgumentException">It names no kind of store, or no place.</exception>
    public static async Task<IHybridStore> OpenAsync(string address, HybridSchema schema, CancellationToken cancellationToken)
    {
        string[] parts = address.Split(':', 2);
        return parts switch
        {
            ["embedded", { Length: > 0 } folder] => await EmbeddedHybridStore.OpenAsync(folder, schema, options: null, cancellationToken).ConfigureAwait(false),
            ["qdrant", var url] when Place(url, 1) is var (uri, names) => await QdrantHybridStore.OpenAsync(
                new QdrantHybridStoreOptions
                {
                    Endpoint = new Uri(uri.GetLeftPart(UriPartial.Authority)),
                    CollectionName = names[0],
                    ApiKey = Environment.GetEnvironmentVariable(QdrantKey),
                    Indexes = [new QdrantPayloadIndex(DocumentField, MetadataKind.Text)],
                    Schema = schema,
                },
                cancellationToken).ConfigureAwait(false),
            ["postgres" or "postgresql", _] when Place(address, 2) is var (uri, names) => await PostgresHybridStore.OpenAsync(
                new PostgresHybridStoreOptions { ConnectionString = ConnectionString(uri, names[0]), TableName = names[1], Schema = schema },
                cancellationToken).ConfigureAwait(false),
            _ => throw new ArgumentException(
                $"The store is '{Shown(address)}', expected {Help}.{(address.Contains('?', StringComparison.Ordinal) ? " What stands after '?' is not read: leave it out." : "")}"),
        };
    }

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

    private static string ConnectionString(Uri uri, string database)
    {
        string[] user = uri.UserInfo.Split(':', 2);
        var connection = new NpgsqlConnectionStringBuilder { Host = uri.Host, Database = database };
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
