using Splade.AI.Decoding;
using Splade.AI.OnnxGraph;
using Splade.AI.Pooling;

namespace Splade.AI.Onnx;

/// <summary>How a model will be run: as it is, or without the logits of all tokens, which are nearly all of the memory and much of the time.</summary>
/// <param name="Source">What the session is opened on.</param>
/// <param name="PoolsLogits">Whether the graph was rewritten to pool its logits tile by tile.</param>
/// <param name="Weights">The decoder that was cut off the graph; null if it is still in it.</param>
/// <param name="Reason">Why the graph runs as it is, as the end of "... because"; null if it does not.</param>
/// <param name="IsSmall">Whether the encoder is so small that more than one thread on it is lost time.</param>
internal sealed record ModelPlan(OnnxSource Source, bool PoolsLogits, DecoderWeights? Weights, string? Reason, bool IsSmall)
{
    /// <summary>How its products are computed.</summary>
    public PrecisionInUse PrecisionInUse { get; init; } = PrecisionInUse.Exact;

    /// <summary>Below so many weights a layer is done before a second thread has woken up.</summary>
    private const long SmallEncoder = 2_000_000;

    /// <summary>Whether the graph runs as it is.</summary>
    public bool IsPlain => Source.Rewritten is null;

    /// <summary>A model whose rows need no decoder, or that nobody looked into.</summary>
    public static ModelPlan Plain(GraphSource graph) => new(new OnnxSource(graph), PoolsLogits: false, Weights: null, Reason: null, IsSmall: false);

    /// <param name="graph">The model's graph.</param>
    /// <param name="vocabulary">How many logits a token has.</param>
    /// <param name="pooling">How the logits of a text's tokens become one row.</param>
    /// <param name="place">Where the decoder should run.</param>
    /// <param name="precision">How products should be computed.</param>
    public static ModelPlan Create(GraphSource graph, int vocabulary, LogitPooling pooling, DecoderPlace place, Precision precision)
    {
        ModelPlan plan = place == DecoderPlace.PlainGraph ? Plain(graph) : Create(graph, vocabulary, pooling, place, precision == Precision.Fast);
        return precision == plan.PrecisionInUse.Precision || plan.PrecisionInUse.Obstacle is not null ? plan : plan with
        {
            PrecisionInUse = PrecisionInUse.NotFast(
                plan.Reason ?? "its decoder stays in the graph; that is so on graphics cards and on processors without AVX2"),
        };
    }

    /// <summary>A model whose rows need no decoder: its graph in the form that ONNX Runtime fuses, or with its products in small integers.</summary>
    /// <param name="graph">The model's graph.</param>
    /// <param name="precision">How products should be computed.</param>
    public static ModelPlan ForRows(GraphSource graph, Precision precision)
    {
        ModelPlan plain = Plain(graph);
        try
        {
            using OnnxFile file = graph.Open();
            var rewriter = new EncoderRewriter(file);
            if (precision == Precision.Fast && rewriter.Quantise() is RewrittenModel quantised)
            {
                return plain with { Source = new OnnxSource(graph, quantised), PrecisionInUse = PrecisionInUse.Fast };
            }

            return plain with
            {
                Source = new OnnxSource(graph, rewriter.Fuse()),
                PrecisionInUse = PrecisionInUse.ExactFor(precision, "it has no products with float32 matrices, as where it is quantised already"),
            };
        }
        catch (SpladeModelException e)
        {
            // ONNX Runtime has the last word on whether a file can be used.
            return plain with { PrecisionInUse = PrecisionInUse.ExactFor(precision, e.Message) };
        }
    }

    private static ModelPlan Create(GraphSource graph, int vocabulary, LogitPooling pooling, DecoderPlace place, bool fast)
    {
        try
        {
            using OnnxFile file = graph.Open();
            DecoderSearch search = DecoderFinder.Find(file, vocabulary);
            bool small = CountEncoderWeights(file, vocabulary) < SmallEncoder;
            return search.Decoder is Decoder decoder
                ? Rewrite(graph, file, decoder, pooling, place, small, fast)
                : Plain(graph) with { Reason = search.Reason, IsSmall = small };
        }
        catch (SpladeModelException e)
        {
            // ONNX Runtime has the last word on whether a file can be used.
            return Plain(graph) with { Reason = e.Message };
        }
    }

    private static ModelPlan Rewrite(GraphSource graph, OnnxFile file, Decoder decoder, LogitPooling pooling, DecoderPlace place, bool small, bool fast)
    {
        var rewriter = new ModelRewriter(file, decoder);
        if (place == DecoderPlace.Managed)
        {
            RewrittenModel? quantised = fast ? rewriter.CutAndQuantise() : null;
            var source = new OnnxSource(graph, quantised ?? rewriter.CutBeforeDecoder());
            return new ModelPlan(source, PoolsLogits: false, DecoderLoad.Read(file, decoder), Reason: null, small)
            {
                PrecisionInUse = quantised is not null ? PrecisionInUse.Fast
                    : fast ? PrecisionInUse.NotFast("its encoder has no products with float32 matrices, as where it is quantised already")
                    : PrecisionInUse.Exact,
            };
        }

        if (rewriter.PoolingObstacle is string obstacle)
        {
            return Plain(graph) with { Reason = obstacle, IsSmall = small };
        }

        RewrittenModel tiled = pooling == LogitPooling.Max
            ? rewriter.TileMaxPooling()
            : rewriter.TileSumPooling(ModelRewriter.DefaultColumnsPerTile, twice: pooling == LogitPooling.SumOfLog1pRelu);
        return new ModelPlan(new OnnxSource(graph, tiled), PoolsLogits: true, Weights: null, Reason: null, small);
    }

    // Embeddings are looked up, not multiplied with.
    private static long CountEncoderWeights(OnnxFile file, int vocabulary) => file.Initializers.Values
        .Where(t => t.Dimensions.Count == 2 && !t.Dimensions.Contains(vocabulary))
        .Sum(t => t.Dimensions.Aggregate(1L, (product, d) => product * d));
}
