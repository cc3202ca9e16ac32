using Splade.AI.Hybrid;

namespace Splade.AI.Postgres.Tables;

/// <summary>
/// Where a vector of the schema stands in a table: in one column, or, where a sparse vector has more dimensions than a <c>sparsevec</c>, in several, each
/// with the next thousand million of positions, whose products are added up. Immutable.
/// </summary>
internal sealed class VectorColumn
{
    private readonly string _extension, _operator;

    /// <param name="field">The vector.</param>
    /// <param name="extension">The schema of the extension, quoted.</param>
    /// <param name="isHalf">Whether a dense vector is kept in half precision.</param>
    /// <param name="hasHnsw">Whether it is searched in an HNSW index.</param>
    public VectorColumn(VectorField field, string extension, bool isHalf, bool hasHnsw)
    {
        Field = field;
        IsHalf = isHalf && field.Kind == VectorKind.Dense;
        HasHnsw = hasHnsw;
        int dimensions = field.Dimensions!.Value;
        Sizes = field.Kind == VectorKind.Sparse
            ? [.. Enumerable.Range(0, (int)(((long)dimensions + PostgresLimits.SparseDimensions - 1) / PostgresLimits.SparseDimensions))
                .Select(part => (int)Math.Min(PostgresLimits.SparseDimensions, dimensions - ((long)part * PostgresLimits.SparseDimensions)))]
            : [dimensions];
        Names = [.. Sizes.Select((_, part) => SqlNames.Quote(part == 0 ? $"v_{field.Name}" : $"v_{field.Name}.{part}"))];
        string type = field.Kind == VectorKind.Sparse ? "sparsevec" : IsHalf ? "halfvec" : "vector";
        Types = [.. Sizes.Select(size => $"{extension}.{type}({size})")];
        _extension = extension;
        bool isCosine = field.Similarity == SimilarityFunction.Cosine;
        OperatorClass = $"{extension}.{type}_{(isCosine ? "cosine" : "ip")}_ops";
        _operator = $"operator({extension}.{(isCosine ? "<=>" : "<#>")})";
    }

    public VectorField Field { get; }

    public bool IsHalf { get; }

    public bool HasHnsw { get; }

    /// <summary>The names of the columns, quoted.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Their types.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>Their dimensions.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The operators of an HNSW index on the column.</summary>
    public string OperatorClass { get; }

    /// <summary>The entries that a sparse vector may have.</summary>
    public int MaxEntries => HasHnsw ? PostgresLimits.HnswSparseEntries : PostgresLimits.SparseEntries;

    /// <summary>Whether a row has the vector.</summary>
    public string Exists(string row) => $"{row}.{Names[0]} is not null";

    /// <summary>The distance of the vector of a row to that of a query, ascending with lower scores, as an index knows it.</summary>
    /// <param name="row">The name of the row.</param>
    /// <param name="values">The parameters of the query, one for each column.</param>
    public string Distance(string row, IReadOnlyList<string> values) =>
        string.Join(" + ", Names.Zip(values, (name, value) => $"({row}.{name} {_operator} {value})"));

    /// <summary>The negative product of two sparse vectors.</summary>
    public string Product(string left, string right) => $"({left} operator({_extension}.<#>) {right})";

    /// <summary>Whether two sparse vectors differ.</summary>
    public string Differs(string left, string right) => $"({left} operator({_extension}.<>) {right})";

    /// <summary>What a distance is as a score: of a dot product, which the operator negates, never minus zero.</summary>
    public string Score(string distance) => Field.Similarity == SimilarityFunction.Cosine ? $"(1 - ({distance}))" : $"(0 - ({distance}))";
}
