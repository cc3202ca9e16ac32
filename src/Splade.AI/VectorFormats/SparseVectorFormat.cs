using System.Buffers;
using System.Text;
using System.Text.Json;
using Splade.AI.Vectors.Similarity;
using Splade.AI.VectorFormats.Engines;

namespace Splade.AI.VectorFormats;

/// <summary>How one search engine or vector database takes sparse vectors: the bodies of its requests, its limits, and how it rounds.</summary>
/// <remarks>
/// <para>
/// <c>SparseVectorFormat.Parse("elasticsearch")</c> finds one by its name; <see cref="All"/> has them all. What an engine would refuse, or would keep as
/// something else, is refused here with the reason: the number of entries, the range of weights, the number of dimensions, the length of an id. Weights
/// are written with as many digits as it takes to read the same number back; how far the engine's own rounding moves a score says
/// <see cref="ScoreErrorBound"/>.
/// </para>
/// <para>
/// Entries are named by their dimensions, or, in formats that take names, by the tokens of <see cref="SparseVectorFormatOptions.Vocabulary"/>. A token
/// that is empty, has a dot in it, or stands twice in the vocabulary is named by its dimension, as <c>id:1012</c>: Elasticsearch takes neither dots nor a
/// name twice. A token that begins with <c>id:</c> is so named too, so that no two dimensions share a name.
/// </para>
/// <para>Immutable and safe for concurrent use.</para>
/// </remarks>
public abstract class SparseVectorFormat
{
    // A product and a sum of single precision, with room for engines that add up in another order.
    private const double SinglePrecisionStep = 1.0 / (1 << 22);

    private protected SparseVectorFormat(string name, string target) => (Name, Target) = (name, target);

    /// <summary>Gets all formats.</summary>
    public static IReadOnlyList<SparseVectorFormat> All { get; } =
    [
        new ElasticsearchFormat(),
        new ElasticsearchRankFeaturesFormat(),
        new OpenSearchFormat(),
        new OpenSearchRankFeaturesFormat(),
        new MilvusFormat(),
        new PineconeFormat(),
        new QdrantFormat(),
        new VespaFormat(),
    ];

    /// <summary>Gets the name that <see cref="Parse"/> takes, such as <c>elasticsearch</c>.</summary>
    public string Name { get; }

    /// <summary>Gets what the format is for: the engine and its kind of field.</summary>
    public string Target { get; }

    /// <summary>Finds a format by its name.</summary>
    /// <param name="name">One of the names in <see cref="All"/>.</param>
    /// <returns>The format.</returns>
    /// <exception cref="ArgumentException">There is no such format. The message has all names.</exception>
    public static SparseVectorFormat Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(format => format.Name == name) ?? throw new ArgumentException(
            $"Found '{ShortNames.Cut(name)}', expected a format: {string.Join(", ", All.Select(format => format.Name))}.", nameof(name));
    }

    /// <summary>Gets a document's vector as the engine takes it for the value of a field.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="options">The names; null for the defaults.</param>
    /// <returns>JSON in one line.</returns>
    /// <exception cref="ArgumentException">The engine would refuse the vector, or change it.</exception>
    public string ToJson(SparseVector vector, SparseVectorFormatOptions? options = null) => Text(json => Write(json, vector, options));

    /// <summary>Writes a document's vector as the engine takes it for the value of a field.</summary>
    /// <param name="json">The writer, where a value is expected.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="options">The names; null for the defaults.</param>
    /// <exception cref="ArgumentException">The engine would refuse the vector, or change it.</exception>
    public void Write(Utf8JsonWriter json, SparseVector vector, SparseVectorFormatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        options ??= new SparseVectorFormatOptions();
        DocumentLimits(options).Check(vector, nameof(vector));
        WriteVector(json, vector, options);
    }

    /// <summary>Writes a vector of miniCOIL, whose values have both signs.</summary>
    /// <param name="json">The writer, where a value is expected.</param>
    /// <param name="encoding">The vector.</param>
    /// <exception cref="NotSupportedException">The format takes weights above 0 only.</exception>
    public virtual void Write(Utf8JsonWriter json, MiniCoilEncoding encoding) => throw new NotSupportedException(
        $"{Target} takes weights above 0 only, and those of miniCOIL have both signs. Expected the format qdrant, in a collection with the modifier idf.");

    /// <summary>Gets the body of a search request.</summary>
    /// <param name="query">The query's vector.</param>
    /// <param name="options">The names, and how many results; null for the defaults.</param>
    /// <returns>JSON in one line.</returns>
    /// <exception cref="ArgumentException">The engine would refuse the vector, or change it.</exception>
    public string ToQuery(SparseVector query, SparseVectorFormatOptions? options = null) => Text(json => WriteQuery(json, query, options));

    /// <summary>Writes the body of a search request.</summary>
    /// <param name="json">The writer, where a value is expected.</param>
    /// <param name="query">The query's vector.</param>
    /// <param name="options">The names, and how many results; null for the defaults.</param>
    /// <exception cref="ArgumentException">The engine would refuse the vector, or change it.</exception>
    public void WriteQuery(Utf8JsonWriter json, SparseVector query, SparseVectorFormatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        options ??= new SparseVectorFormatOptions();
        QueryLimits(options).Check(query, nameof(query));
        WriteQueryBody(json, query, options);
    }

    /// <summary>Gets lines that the engine's bulk endpoint takes.</summary>
    /// <param name="documents">The documents: the id and the vector of each.</param>
    /// <param name="options">The names; null for the defaults.</param>
    /// <returns>The lines, each of which ends with LF.</returns>
    /// <exception cref="ArgumentException">The engine would refuse a document, or change it. The message names it.</exception>
    public string ToBulk(IEnumerable<KeyValuePair<string, SparseVector>> documents, SparseVectorFormatOptions? options = null)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteBulk(output, documents, options);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Writes lines that the engine's bulk endpoint takes, in UTF-8.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="documents">The documents: the id and the vector of each. They are read once, before anything is written.</param>
    /// <param name="options">The names; null for the defaults.</param>
    /// <remarks>
    /// A line ends with LF. Elasticsearch and OpenSearch take all lines as the body of one request to <c>_bulk</c>, up to the size that they are set up
    /// for, and Vespa's clients a file of them. For Milvus, Pinecone and Qdrant each line is the body of one request, of about 1 MiB and 1,000 documents
    /// at most.
    /// </remarks>
    /// <exception cref="ArgumentException">The engine would refuse a document, or change it. The message names it; nothing was written.</exception>
    public void WriteBulk(IBufferWriter<byte> output, IEnumerable<KeyValuePair<string, SparseVector>> documents, SparseVectorFormatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(documents);
        options ??= new SparseVectorFormatOptions();
        KeyValuePair<string, SparseVector>[] all = [.. documents];
        FormatLimits limits = DocumentLimits(options);
        foreach ((string id, SparseVector vector) in all)
        {
            limits.Check(id, vector, nameof(documents));
        }

        using var lines = new BulkLines(output);
        WriteBulkLines(lines, all, options);
    }

    /// <summary>Computes the most by which the score that the engine gives a document differs from the dot product of the vectors.</summary>
    /// <param name="query">The query's vector.</param>
    /// <param name="document">The document's vector.</param>
    /// <param name="options">The options that both are written with; null for the defaults.</param>
    /// <returns>The bound: the sum over shared dimensions of what the engine's rounding may change, and of the steps of single precision.</returns>
    /// <exception cref="ArgumentException">The vectors have different dimensions.</exception>
    public double ScoreErrorBound(SparseVector query, SparseVector document, SparseVectorFormatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(document);
        DimensionGuard.RequireEqual(document.Dimensions, query.Dimensions, nameof(document));
        options ??= new SparseVectorFormatOptions();
        double rounding = 0, sum = 0;
        int shared = 0;
        foreach ((_, float left, float right) in new SharedEntries(query, document))
        {
            double ofQuery = QueryWeightError(left, options), ofDocument = DocumentWeightError(right, options);
            rounding += (ofQuery * right) + (ofDocument * left) + (ofQuery * ofDocument);
            sum += (double)left * right;
            shared++;
        }

        return rounding + (SinglePrecisionStep * (shared + 1) * (sum + rounding));
    }

    private protected virtual FormatLimits DocumentLimits(SparseVectorFormatOptions options) => FormatLimits.None;

    private protected virtual FormatLimits QueryLimits(SparseVectorFormatOptions options) => FormatLimits.None;

    /// <summary>The most by which the engine changes a document's weight.</summary>
    private protected virtual double DocumentWeightError(float weight, SparseVectorFormatOptions options) => 0;

    /// <summary>The most by which the engine changes a query's weight.</summary>
    private protected virtual double QueryWeightError(float weight, SparseVectorFormatOptions options) => 0;

    private protected abstract void WriteVector(Utf8JsonWriter json, SparseVector vector, SparseVectorFormatOptions options);

    private protected abstract void WriteQueryBody(Utf8JsonWriter json, SparseVector query, SparseVectorFormatOptions options);

    private protected abstract void WriteBulkLines(
        BulkLines lines, IReadOnlyList<KeyValuePair<string, SparseVector>> documents, SparseVectorFormatOptions options);

    private static string Text(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using (Utf8JsonWriter json = BulkLines.Writer(output))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
