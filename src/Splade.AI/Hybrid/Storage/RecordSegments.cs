using Splade.AI.Search;
using Splade.AI.Search.Dense;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;
using Splade.AI.Search.Storage;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Segments of records, and where these have their vectors.</summary>
/// <remarks>A table compares the dimensions of the first sparse vectors; those of the others are its owner's to compare.</remarks>
/// <param name="columns">Which vectors the records have.</param>
internal sealed class RecordSegments(RecordColumns columns) : ISegmentKind<StoredRecord>
{
    public string Name => columns.Name;

    public ICodec<StoredRecord> Codec { get; } = new RecordCodec(columns);

    public static VectorAccess<StoredRecord, SparseVector, SparseSegment> SparseColumn(int column) =>
        new(record => record.SparseAt(column), segment => ((RecordSegment)segment).Sparse[column]);

    public static VectorAccess<StoredRecord, DenseVector, DenseSegment> DenseColumn(int column) =>
        new(record => record.DenseAt(column), segment => ((RecordSegment)segment).Dense[column]);

    public int DimensionsOf(StoredRecord vector) => columns.Sparse == 0 ? 0 : vector.SparseAt(0).Dimensions;

    public IndexSegment<StoredRecord> Build(
        IReadOnlyList<StoredRecord> vectors, Func<long, SegmentMemory> room, int threads, CancellationToken cancellationToken)
    {
        var sparse = new List<SparseSegment>();
        var dense = new List<DenseSegment>();
        try
        {
            for (int i = 0; i < columns.Sparse; i++)
            {
                int column = i;
                var sparseVectors = new Projection<SparseVector>(vectors, record => record.SparseAt(column));
                sparse.Add(SegmentBuilder.Build(sparseVectors, sparseVectors[0].Dimensions, threads, room, cancellationToken));
            }

            for (int i = 0; i < columns.Dense.Count; i++)
            {
                int column = i;
                dense.Add(DenseSegment.Build(new Projection<DenseVector>(vectors, record => record.DenseAt(column)), threads, room, cancellationToken));
            }

            return new RecordSegment([.. sparse], [.. dense], ContentBuilder.Build(vectors, room, cancellationToken));
        }
        catch
        {
            sparse.ForEach(segment => segment.Dispose());
            dense.ForEach(segment => segment.Dispose());
            throw;
        }
    }

    public IndexSegment<StoredRecord> Open(IReadOnlyList<SegmentMemory> sections)
    {
        int vectors = columns.Sparse + columns.Dense.Count;
        return sections.Count == vectors + 1
            ? new RecordSegment(
                [.. sections.Take(columns.Sparse).Select(SparseSegment.Open)],
                [.. sections.Skip(columns.Sparse).Take(columns.Dense.Count).Select(DenseSegment.Open)],
                ContentSegment.Open(sections[vectors]))
            : throw new InvalidDataException(
                $"Found {sections.Count} sections, expected {vectors + 1}: one for each vector of a record, and one for the rest.");
    }
}
