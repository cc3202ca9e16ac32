using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Splade.AI.Hybrid.Storage;
using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <content>Searching and listing.</content>
public sealed partial class EmbeddedHybridStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<HybridHit>> SearchAsync(HybridQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Run(() => Search(query, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<HybridRecord> ListAsync(
        HybridListOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        options = options?.Clone() ?? new HybridListOptions();
        if (options.After is not null && options.Sort.Count > 0)
        {
            throw new NotSupportedException(
                $"Found {nameof(options.After)} with {nameof(options.Sort)}, expected one of them: a place after a record is one in the order of insertion.");
        }

        using RecordReading reading = _table.Read();
        IEnumerable<KeyValuePair<string, StoredRecord>> items = reading.ListAfter(options.After, options.Filter);
        items = RecordSort.Apply(options.Sort, items, cancellationToken).Skip(options.Skip).Take(options.Top ?? int.MaxValue);
        foreach ((string id, StoredRecord record) in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return _columns.Read(id, record, options.Parts);
        }
    }

    private IReadOnlyList<HybridHit> Search(HybridQuery query, CancellationToken cancellationToken)
    {
        IReadOnlyList<HybridQueryLeg> legs = query.GetLegs(Schema, nameof(query));
        using RecordReading reading = _table.Read();
        HybridModels models = _space.ModelsOf(reading.EmbeddingSpace).With(Schema.Models);
        if (query.Models is not null && reading.Count > 0)
        {
            models.RequireSame(query.Models, nameof(query));
        }

        // One more than wanted tells whether the last one is tied.
        int depth = legs.Count == 1 ? query.Top : Math.Max(query.Candidates, query.Top);
        int wanted = legs.Count == 1 || depth == int.MaxValue ? depth : depth + 1;
        RecordReading matches = query.Filter is null ? reading : reading.Where(query.Filter);
        return
        [
            .. query.Fusion.Rank([.. legs.Select(Candidates)], query.Top)
                .Select(place => HybridHit.Of(place.Fusion, _columns.Read(place.Id, reading.Get(place.Id)!, query.Parts))),
        ];

        CandidateLeg<string> Candidates(HybridQueryLeg leg)
        {
            int column = _columns.IndexOf(leg.Name, leg.Vector.Kind);
            Embedding vector = leg.Vector.Kind == VectorKind.Dense ? new Embedding<float>(leg.Vector.Dense)
                : new SparseEmbedding(IsWeighed(leg.Name) ? reading.WeighByIdf(column, leg.Vector.Sparse) : leg.Vector.Sparse);
            IReadOnlyList<SearchHit<string>> hits = matches.Search(column, vector, wanted, nameof(query), cancellationToken);
            return new CandidateLeg<string>(leg.Name, leg.Vector.Kind, hits, reading.CreateScorer(column, vector)) { Weight = leg.Weight }.Cut(depth);
        }

        bool IsWeighed(string name) => _suppliesIdf || RequiresIdf(models, name) || RequiresIdf(query.Models, name);
    }

    private static bool RequiresIdf(HybridModels? models, string vector) => models?.Sparse.GetValueOrDefault(vector)?.RequiresIdf is true;
}
