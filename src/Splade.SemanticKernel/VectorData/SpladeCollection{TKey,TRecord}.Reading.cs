using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Splade.AI.Hybrid.Storage;

namespace Splade.SemanticKernel.VectorData;

/// <content>Reading.</content>
public partial class SpladeCollection<TKey, TRecord>
{
    private const string GetOperation = "Get";

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Vectors are asked for, and made by a generator: the values that they were made of are not kept.</exception>
    public override Task<TRecord?> GetAsync(TKey key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return GetByIdAsync(ToId(key, nameof(key)), options?.IncludeVectors ?? false, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>All of one moment, in the order of the keys.</remarks>
    public override async IAsyncEnumerable<TRecord> GetAsync(
        IEnumerable<TKey> keys, RecordRetrievalOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        bool includeVectors = options?.IncludeVectors ?? false;
        RequireNoVectors(includeVectors);
        string[] ids = [.. keys.Select(key => ToId(key, nameof(keys)))];
        RecordTable table = await _table.GetAsync(GetOperation, cancellationToken).ConfigureAwait(false);
        using RecordReading reading = _table.Read(table, GetOperation);
        IEnumerable<TRecord> records = ids.Select(reading.Get).OfType<StoredRecord>().Select(row => _mapper.ToRecord(row, includeVectors));
        foreach (TRecord record in VectorStoreErrors.Run(Name, GetOperation, records))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record;
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Without an order, records come by insertion, and putting a record in again counts as one. Strings are ordered by their code units and null comes first.
    /// </remarks>
    public override async IAsyncEnumerable<TRecord> GetAsync(
        Expression<Func<TRecord, bool>> filter,
        int top,
        FilteredRecordRetrievalOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new FilteredRecordRetrievalOptions<TRecord>();
        RequireNoVectors(options.IncludeVectors);
        RecordFilter<TRecord> wanted = Translate(filter);
        RecordOrder<TRecord> order = RecordOrder<TRecord>.Of(options.OrderBy, _schema.Model);
        RecordTable table = await _table.GetAsync(GetOperation, cancellationToken).ConfigureAwait(false);
        using RecordReading reading = _table.Read(table, GetOperation);
        IEnumerable<TRecord> records = wanted.List(reading, cancellationToken).Select(row => Read(row, options.IncludeVectors, cancellationToken));
        IEnumerable<TRecord> page = order.Apply(records).Skip(options.Skip).Take(top);
        await foreach (TRecord record in RecordBatches.RunAsync(Name, GetOperation, page, cancellationToken).ConfigureAwait(false))
        {
            yield return record;
        }
    }

    private TRecord Read(StoredRecord row, bool includeVectors, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _mapper.ToRecord(row, includeVectors);
    }

    private async Task<TRecord?> GetByIdAsync(string id, bool includeVectors, CancellationToken cancellationToken)
    {
        RequireNoVectors(includeVectors);
        RecordTable table = await _table.GetAsync(GetOperation, cancellationToken).ConfigureAwait(false);
        using RecordReading reading = _table.Read(table, GetOperation);
        return await VectorStoreErrors.RunAsync(
            Name,
            GetOperation,
            waits: false,
            () => reading.Get(id) is StoredRecord row ? _mapper.ToRecord(row, includeVectors) : null,
            cancellationToken).ConfigureAwait(false);
    }
}
