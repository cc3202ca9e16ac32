using Splade.AI;
using Splade.Benchmarks.Commands;

namespace Splade.Benchmarks.Latency;

/// <summary>An encoder that is given documents and queries at once.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Documents">How many documents a round encodes, of Cranfield's lengths: some seconds of work.</param>
/// <param name="EncodeDocuments">Encodes texts in one call.</param>
/// <param name="EncodeQuery">Encodes a query.</param>
/// <param name="Owned">What is disposed after it.</param>
internal sealed record BusyEncoder(
    string Name, int Documents, Func<IReadOnlyList<string>, Task> EncodeDocuments, Func<string, Task> EncodeQuery, IDisposable Owned) : IDisposable
{
    private static readonly SpladeEncodingOptions AsQuery = new() { InputType = EmbeddingInputType.Query };

    private static readonly Dictionary<string, Func<BusyEncoder>> Known = new()
    {
        ["sparse"] = () => Sparse("splade-tiny, sparse", Path.Combine(Repository.Models, "splade-tiny"), documents: 400),
        ["dense"] = () => Dense("all-MiniLM-L6-v2, dense", Precision.Exact),
        ["dense-fast"] = () => Dense("all-MiniLM-L6-v2, dense, Fast", Precision.Fast),
        ["inference-free"] = () => InferenceFree("splade-tiny for documents, queries looked up"),
    };

    /// <summary>The names of all, for the help.</summary>
    public static string Names => string.Join(',', Known.Keys);

    /// <exception cref="UsageException">There is none of a name.</exception>
    public static IEnumerable<BusyEncoder> Find(IReadOnlyList<string>? names) => (names ?? [.. Known.Keys]).Select(name =>
        (Known.GetValueOrDefault(name) ?? throw new UsageException($"unknown encoder '{name}', expected some of {Names}."))());

    public void Dispose() => Owned.Dispose();

    private static BusyEncoder Sparse(string name, string folder, int documents)
    {
        SpladeEngine engine = SpladeEngine.CreateAsync(folder).GetAwaiter().GetResult();
        return new(name, documents, texts => engine.EncodeAsync(texts), query => engine.EncodeAsync([query], AsQuery), engine);
    }

    private static BusyEncoder Dense(string name, Precision precision)
    {
        var options = new DenseEmbeddingGeneratorOptions(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8")) { Precision = precision };
        DenseEmbeddingGenerator generator = DenseEmbeddingGenerator.CreateAsync(options).GetAwaiter().GetResult();
        return new(name, 100, texts => generator.GenerateAsync(texts), query => generator.GenerateAsync([query]), generator);
    }

    // What such a model does: its documents take the model, its queries a table.
    private static BusyEncoder InferenceFree(string name)
    {
        SpladeEngine documents = SpladeEngine.CreateAsync(Path.Combine(Repository.Models, "splade-tiny")).GetAwaiter().GetResult();
        SpladeEngine queries = SpladeEngine.CreateAsync(Path.Combine(Repository.TestData, "models", "inference-free-idf")).GetAwaiter().GetResult();
        return new(name, 400, texts => documents.EncodeAsync(texts), query => queries.EncodeAsync([query], AsQuery), new Both(documents, queries));
    }

    private sealed class Both(IDisposable first, IDisposable second) : IDisposable
    {
        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
