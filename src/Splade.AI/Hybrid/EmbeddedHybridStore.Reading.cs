using System.Runtime.CompilerServices;
using Splade.AI.Hybrid.Storage;
using Splade.AI.Search;
using Splade.AI.Search.Segments;

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

        using StateReading<string, StoredRecord> reading = _table.Read();
        IEnumerable<KeyValuePair<string, StoredRecord>> items = RecordRows.List(options.Filter, reading.State, after: options.After);
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
        (StateReading<string, StoredRecord> opened, HybridModels models) = Read(query.Models, nameof(query));
        using StateReading<string, StoredRecord> reading = opened;
        IndexState<string, StoredRecord> state = reading.State;
        int depth = legs.Count == 1 ? query.Top : Math.Max(query.Candidates, query.Top);
        RowFilter<StoredRecord>? filter = query.Filter is null ? null : RecordRows.Find(query.Filter, state);
        bool someLack = _mayLack && LackingVectors.AreIn(state);
        CandidateLeg<string>[] found = [.. legs.Select(leg => leg.Vector.Kind == VectorKind.Sparse ? SearchSparse(leg) : SearchDense(leg))];
        return
        [
            .. query.Fusion.Rank(found, query.Top).Select(place => HybridHit.Of(place, state.TryGet(place.Id, out StoredRecord? stored)
                ? _columns.Read(place.Id, stored, query.Parts)
                : throw new InvalidOperationException($"The record '{place.Id}' was found and is not there."))),
        ];

        CandidateLeg<string> SearchSparse(HybridQueryLeg leg)
        {
            int column = _columns.IndexOf(leg.Name, VectorKind.Sparse);
            bool isWeighed = _suppliesIdf || IsIdfRequired(models, leg.Name) || IsIdfRequired(query.Models, leg.Name);
            SparseVector vector = isWeighed ? _vectors.Weigh(state, column, leg.Vector.Sparse) : leg.Vector.Sparse;
            return Candidates(
                leg,
                _vectors.SearchSparse(state, column, vector, Limits(), filter, nameof(query)),
                id => state.TryGet(id, out StoredRecord? stored) ? vector.Dot(stored.SparseAt(column)) : null);
        }

        CandidateLeg<string> SearchDense(HybridQueryLeg leg)
        {
            int column = _columns.IndexOf(leg.Name, VectorKind.Dense);
            float[] vector = DenseVector.CreateQuery(leg.Vector.Dense.Span, _columns.SimilarityOf(column), nameof(query));
            RowFilter<StoredRecord>? having = someLack ? RecordRows.Find(LackingVectors.Excluded(leg.Name), state) : null;
            return Candidates(
                leg,
                _vectors.SearchDense(state, column, leg.Vector.Dense.Span, Limits(), filter is null ? having : having?.And(filter) ?? filter, nameof(query)),
                id => state.TryGet(id, out StoredRecord? stored) && stored.DenseAt(column) is { IsNone: false } dense ? dense.SimilarityTo(vector) : null);
        }

        // One more than wanted tells whether the last one is tied.
        SearchLimits<string> Limits() => new(legs.Count == 1 || depth == int.MaxValue ? depth : depth + 1, null, cancellationToken);

        CandidateLeg<string> Candidates(HybridQueryLeg leg, SearchHit<string>[] hits, Func<string, float?> score) =>
            new CandidateLeg<string>(leg.Name, leg.Vector.Kind, hits, score) { Weight = leg.Weight }.Cut(depth);
    }

    private static bool IsIdfRequired(HybridModels? models, string vector) => models?.Sparse.GetValueOrDefault(vector)?.RequiresIdf is true;

    /// <summary>The state to search, whose models are those of a query, and these as far as they are known.</summary>
    /// <exception cref="ArgumentException">They are others.</exception>
    private (StateReading<string, StoredRecord> Reading, HybridModels Models) Read(HybridModels? models, string parameter)
    {
        // The models of a state are known before it is there, so they are its own if they did not change while it was read.
        HybridModels known;
        StateReading<string, StoredRecord> reading;
        for (known = _models, reading = _table.Read(); !ReferenceEquals(known, _models); known = _models, reading = _table.Read())
        {
            reading.Dispose();
        }

        try
        {
            known = known.With(Schema.Models);
            if (models is not null && reading.State.Count > 0)
            {
                known.RequireSame(models, parameter);
            }

            return (reading, known);
        }
        catch
        {
            reading.Dispose();
            throw;
        }
    }
}
