using System.Collections.Frozen;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Splade.AI.Hashing;
using Splade.AI.Lexical;

namespace Splade.AI.Bm25;

/// <summary>Encodes texts by BM25 without inverse document frequency. Safe for concurrent use.</summary>
/// <remarks>
/// The weight of a term that stands f times in a document of d terms is <c>f (k + 1) / (f + k (1 - b + b d / average))</c>, and 1 in a query. S. Robertson,
/// H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009; FastEmbed's <c>sparse/bm25.py</c>, whose numbers these are.
/// </remarks>
internal sealed class Bm25Encoder
{
    /// <summary>So many characters are encoded while the caller waits: that takes less time than to ask another thread.</summary>
    private const int Immediate = 1 << 14;

    private readonly Bm25Options _options;
    private readonly Bm25Warnings _warnings;

    public Bm25Encoder(Bm25Options options, ILogger logger)
    {
        _options = options.Clone();

        // Looked at once more: the collection is the caller's, who may have changed it.
        _options.StopWords = [.. options.StopWords];
        _options.StopWords = _options.StopWords.Select(LowerCase.Of).ToFrozenSet(StringComparer.Ordinal);
        Identity = Bm25Identity.Of(_options);
        Reader = new WordReader(
            _options.WordCutter, new TermTable(_options.Stemmer, (FrozenSet<string>)_options.StopWords), _options.MaxTokenLength);
        _warnings = new Bm25Warnings(logger, _options);
    }

    public SparseModelIdentity Identity { get; }

    public WordReader Reader { get; }

    /// <summary>Encodes texts: a few at once, many on the thread pool.</summary>
    public Task<Bm25Encoding[]> EncodeAsync(string[] texts, Bm25Call call, CancellationToken cancellationToken)
    {
        if (texts.Sum(text => (long)text.Length) > Immediate)
        {
            return Task.Run(() => EncodeTogether(texts, call, cancellationToken), cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Array.ConvertAll(texts, text => Encode(text, call, cancellationToken)));
    }

    /// <summary>Encodes a text.</summary>
    public Bm25Encoding Encode(string text, Bm25Call call, CancellationToken cancellationToken = default)
    {
        _warnings.LookAt(text);
        TermCounts counts = TermCounts.Rent();
        Reader.Count(text, counts, cancellationToken);
        _warnings.ReportTooLong(counts.TooLong);
        SparseVector vector = counts.ToVector(call.InputType == EmbeddingInputType.Query ? _ => 1 : Weigh(counts.Length), HashedTerms.Dimensions);
        var encoding = new Bm25Encoding(call.MaxActiveDimensions is int most ? vector.TopK(most) : vector, counts.Length);
        TermCounts.Return(counts);
        return encoding;
    }

    private Bm25Encoding[] EncodeTogether(string[] texts, Bm25Call call, CancellationToken cancellationToken)
    {
        var encodings = new Bm25Encoding[texts.Length];
        try
        {
            Parallel.For(
                0, texts.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => encodings[i] = Encode(texts[i], call, cancellationToken));
        }
        catch (AggregateException e)
        {
            // What a caller's own rule threw, or the cancellation, as it would come out of one text.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return encodings;
    }

    private Func<int, float> Weigh(int length)
    {
        var saturated = new SaturatedFrequency(_options.K, _options.B, _options.AverageLength, length);
        return frequency => (float)saturated.Weigh(frequency);
    }
}
