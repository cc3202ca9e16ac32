using Splade.AI.Hybrid;
using Splade.Cli.Stores;

namespace RagChat.Stores;

/// <summary>A store that holds the passages of one folder and nothing else, so that every hit is one of them.</summary>
/// <param name="store">The store.</param>
/// <param name="retriever">What encodes into it.</param>
/// <param name="program">Who keeps it. Records of others are never touched: a store that has some is refused.</param>
internal sealed class FolderStore(IHybridStore store, HybridRetriever retriever, string program)
{
    private const string Program = "program";

    /// <summary>Small enough for a progress bar that moves, large enough for the models to work on several texts at once.</summary>
    private const int BatchSize = 16;

    /// <summary>The vectors of the models that come with the samples. No model has to be loaded to open a store.</summary>
    public static HybridSchema Schema { get; } = new(VectorField.Sparse(HybridSchema.SparseName, 30_522), VectorField.Dense(HybridSchema.DenseName, 384));

    /// <summary>Opens the store of an address; without one, an empty store in memory.</summary>
    /// <exception cref="InvalidDataException">It is no address, or a store of other vectors.</exception>
    /// <exception cref="HybridStoreException">The store could not be reached.</exception>
    public static async Task<IHybridStore> OpenAsync(string? address, CancellationToken cancellationToken = default)
    {
        if (address is null)
        {
            return EmbeddedHybridStore.CreateInMemory(Schema);
        }

        try
        {
            return await StoreAddress.OpenAsync(address, Schema, indexes: null, cancellationToken);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>Encodes the passages that the store does not have, and takes out those that the folder does not have any more.</summary>
    /// <param name="passages">All passages of the folder, no two with one id.</param>
    /// <param name="progress">Told after every batch, with the sums so far.</param>
    /// <param name="cancellationToken">Ends the work early. What was stored by then stays.</param>
    /// <returns>What was added, and how many passages were taken out.</returns>
    /// <exception cref="InvalidDataException">The store has records of others.</exception>
    public async Task<(HybridAddResult Added, long Removed)> FillAsync(
        IReadOnlyCollection<HybridText> passages, IProgress<HybridAddResult>? progress = null, CancellationToken cancellationToken = default)
    {
        HashSet<string> gone = await ListAsync(cancellationToken);
        gone.ExceptWith(passages.Select(passage => passage.Id));
        var done = new HybridAddResult { Total = passages.Count };
        foreach (HybridText[] batch in passages.Chunk(BatchSize))
        {
            HybridAddResult added = await retriever.AddAsync(batch.Select(Mark), cancellationToken: cancellationToken);
            done = new HybridAddResult(done.Added + added.Added, done.SparseTruncated + added.SparseTruncated, done.DenseTruncated + added.DenseTruncated)
            {
                Unchanged = done.Unchanged + added.Unchanged,
                Total = passages.Count,
            };
            progress?.Report(done);
        }

        return (done, gone.Count == 0 ? 0 : await store.DeleteAsync(gone, cancellationToken));
    }

    private HybridText Mark(HybridText passage) =>
        new(passage.Id, passage.Text, new Dictionary<string, MetadataValue>(passage.Metadata) { [Program] = program });

    private async Task<HashSet<string>> ListAsync(CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>();
        await foreach (HybridRecord record in store.ListAsync(new HybridListOptions { Parts = HybridRecordParts.Metadata }, cancellationToken))
        {
            if (!record.Metadata.TryGetValue(Program, out MetadataValue? by) || by != program)
            {
                throw new InvalidDataException(
                    $"Found the record '{record.Id}' in the store, which {program} did not put in, expected an empty store, or one that it has filled. "
                    + "Name another.");
            }

            ids.Add(record.Id);
        }

        return ids;
    }
}
