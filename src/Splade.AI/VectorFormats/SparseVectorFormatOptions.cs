namespace Splade.AI.VectorFormats;

/// <summary>Provides the options of a <see cref="SparseVectorFormat"/>: the names in the engine, and what its fields are set up with.</summary>
public sealed class SparseVectorFormatOptions
{
    /// <summary>
    /// Gets or sets the index of Elasticsearch and OpenSearch, the collection of Milvus, the namespace of Pinecone, or the document type of Vespa, which is
    /// the namespace of its ids too. The collection of Qdrant and the index of Pinecone are named in the address of a request.
    /// </summary>
    /// <value>The default is <c>passages</c>.</value>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Index
    {
        get;
        set => field = Named(value, nameof(Index));
    } = "passages";

    /// <summary>Gets or sets the field that has the vector; in Qdrant the named vector, in Vespa also the rank profile and the tensor of its query.</summary>
    /// <value>The default is <c>splade</c>.</value>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Field
    {
        get;
        set => field = Named(value, nameof(Field));
    } = "splade";

    /// <summary>Gets or sets the primary key of Milvus, and what the payload of Qdrant has the id by.</summary>
    /// <value>The default is <c>id</c>.</value>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string IdField
    {
        get;
        set => field = Named(value, nameof(IdField));
    } = "id";

    /// <summary>Gets or sets how many results a query asks for.</summary>
    /// <value>At least 1. The default is 10.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Top
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Top));
            field = value;
        }
    } = 10;

    /// <summary>Gets or sets the token of each dimension, such as the vocabulary of the engine, for formats that take names.</summary>
    /// <remarks>Documents and queries need the same. It must not change while it is used: the names are made once.</remarks>
    /// <value>The default is null: entries are named by their dimensions, in decimal digits.</value>
    public IReadOnlyList<string>? Vocabulary { get; set; }

    /// <summary>Gets or sets the <c>quantization_ceiling_ingest</c> of a <c>sparse_vector</c> field of OpenSearch: the largest weight that it keeps.</summary>
    /// <value>Above 0 and finite. The default is 3, which is OpenSearch's.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, infinite or not a number.</exception>
    public float DocumentCeiling
    {
        get;
        set => field = Ceiling(value, nameof(DocumentCeiling));
    } = 3;

    /// <summary>Gets or sets the <c>quantization_ceiling_search</c> of a <c>sparse_vector</c> field of OpenSearch: the largest weight of a query.</summary>
    /// <value>Above 0 and finite. The default is 16, which is OpenSearch's.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, infinite or not a number.</exception>
    public float QueryCeiling
    {
        get;
        set => field = Ceiling(value, nameof(QueryCeiling));
    } = 16;

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance; the vocabulary is shared.</returns>
    public SparseVectorFormatOptions Clone() => (SparseVectorFormatOptions)MemberwiseClone();

    private static string Named(string value, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        return value;
    }

    private static float Ceiling(float value, string name) => value > 0 && float.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(
        name, value, "Expected the largest weight that the field keeps, above 0.");
}
