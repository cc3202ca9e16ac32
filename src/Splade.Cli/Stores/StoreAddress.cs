using Splade.AI.Hybrid;
using Splade.Cli.Terminal;

namespace Splade.Cli.Stores;

/// <summary>A store as it is named on the command line: a kind, a colon, and where it is.</summary>
internal static class StoreAddress
{
    public const string Help = "embedded:FOLDER";

    private static readonly (string Kind, Func<string, HybridSchema, CancellationToken, Task<IHybridStore>> Open)[] Kinds =
    [
        ("embedded", async (folder, schema, cancellationToken) =>
            await EmbeddedHybridStore.OpenAsync(folder, schema, cancellationToken: cancellationToken).ConfigureAwait(false)),
    ];

    /// <exception cref="CommandFailedException">It names no kind of store.</exception>
    public static Task<IHybridStore> OpenAsync(string address, HybridSchema schema, CancellationToken cancellationToken)
    {
        int colon = address.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? "" : address[..colon], place = address[(colon + 1)..];
        foreach ((string known, var open) in Kinds)
        {
            if (kind == known && place.Length > 0)
            {
                return open(place, schema, cancellationToken);
            }
        }

        throw new CommandFailedException($"--store is '{address}', expected {Help}.");
    }
}
