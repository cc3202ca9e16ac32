using Microsoft.Extensions.AI;
using Splade.AI.Explanation;
using Splade.AI.Tokenization;

namespace Splade.AI.BgeM3;

/// <summary>The lexical weights of an encoder as an embedding generator. Safe for concurrent use.</summary>
/// <param name="runner">The model.</param>
/// <param name="encoder">What it is a side of, as programs know it.</param>
/// <param name="ownsModel">Whether disposing it disposes the model.</param>
internal sealed class SparseSide(BgeM3Runner runner, object encoder, bool ownsModel)
    : IEmbeddingGenerator<string, SparseEmbedding>, ISparseExplainer, IJointSide, IDeviceUser, IAsyncDisposable
{
    public IJointEncoder Joint => runner;

    public IReadOnlyList<string> Devices => runner.Devices;

    public async Task<GeneratedEmbeddings<SparseEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = Texts.Check(values, nameof(values));
        GeneratorContract.CheckOptions(options, runner.SparseMetadata, GeneratorContract.FewerEntries);
        return runner.ToSparse(await runner.EncodeAsync(texts, BgeM3Runner.EncodingOf(options), cancellationToken).ConfigureAwait(false));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(SparseModelIdentity)
            ? runner.Identity // Made when it is asked for: files are read for it.
            : GeneratorContract.GetService(
                serviceType, serviceKey, this, runner.SparseMetadata, encoder, runner.Parts.Tokenizer, runner.Parts.Tokenizer.Vocabulary);

    public Task<TextExplanation> ExplainAsync(string text, ExplanationOptions? options = null, CancellationToken cancellationToken = default) =>
        runner.ExplainAsync(text, options, cancellationToken);

    public Task<MatchExplanation> ExplainMatchAsync(
        string query,
        string document,
        Func<int, double>? idf = null,
        ExplanationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        QueryIdf.RequireNone(idf, runner.Parts.Name);
        return runner.ExplainMatchAsync(query, document, options, cancellationToken);
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (ownsModel)
        {
            await runner.DisposeAsync().ConfigureAwait(false);
        }
    }
}
