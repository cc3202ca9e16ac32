using System.Globalization;
using Microsoft.Extensions.AI;
using Splade.AI;
using Splade.AI.ModelFiles;

namespace Splade.Cli.Terminal;

/// <summary>Loads a model and encodes a sentence, to see that it can.</summary>
internal static class ModelTrial
{
    private const string Query = "moon landing";
    private const string Sentence = "The moon landing was watched by half a billion people.";

    /// <summary>What the model is and gave, in a line.</summary>
    /// <exception cref="SpladeModelException">It cannot be loaded.</exception>
    public static Task<string> RunAsync(string folder, CancellationToken cancellationToken) => SparseEncoders.KindOf(folder) switch
    {
        EncoderKind.Dense => TryDenseAsync(folder, cancellationToken),
        EncoderKind.CrossEncoder => TryRerankerAsync(folder, cancellationToken),
        EncoderKind.MiniCoil => TryMiniCoilAsync(folder, cancellationToken),
        _ => TrySparseAsync(folder, cancellationToken),
    };

    private static async Task<string> TrySparseAsync(string folder, CancellationToken cancellationToken)
    {
        SparseModel model = await Models.LoadSparseAsync(folder, EngineSettings.Default, cancellationToken).ConfigureAwait(false);
        await using (model.ConfigureAwait(false))
        {
            SparseVector vector = (await model.EncodeAsync([Sentence], cancellationToken: cancellationToken).ConfigureAwait(false))[0].Vector;
            string loaded = model.Engine is SpladeEngine engine
                ? $"Loads from {Describe(folder, engine.Model.ModelFile)}: {engine.Model.Architecture ?? "SPLADE"}"
                : $"Loads as {Models.NameOf(model.Kind)}";
            return $"{loaded}, {vector.Dimensions} dimensions; \"{Sentence}\" has {vector.Count} terms.";
        }
    }

    private static async Task<string> TryRerankerAsync(string folder, CancellationToken cancellationToken)
    {
        // Which of several labels ranks is for the one who ranks to say.
        CrossEncoderReranker reranker = await Models.LoadRerankerAsync(folder, EngineSettings.Default, cancellationToken, label: "0").ConfigureAwait(false);
        await using (reranker.ConfigureAwait(false))
        {
            RerankResult result = (await reranker.RerankAsync(Query, [Sentence], cancellationToken: cancellationToken).ConfigureAwait(false))[0];
            string logit = string.Create(CultureInfo.InvariantCulture, $"{result.Logit:F2}");
            return $"Loads as a reranker, labels [{string.Join(", ", reranker.Labels)}]; \"{Query}\" and \"{Sentence}\" have the logit {logit}.";
        }
    }

    private static async Task<string> TryMiniCoilAsync(string folder, CancellationToken cancellationToken)
    {
        MiniCoilEncoder encoder = await MiniCoilEncoder.CreateAsync(folder, cancellationToken).ConfigureAwait(false);
        await using (encoder.ConfigureAwait(false))
        {
            MiniCoilEncoding encoding = (await encoder.EncodeAsync([Sentence], cancellationToken: cancellationToken).ConfigureAwait(false))[0];
            return $"Loads as miniCOIL, for Qdrant and by the library only; \"{Sentence}\" has {encoding.ToQdrant().Indices.Length} entries.";
        }
    }

    private static async Task<string> TryDenseAsync(string folder, CancellationToken cancellationToken)
    {
        DenseEmbeddingGenerator generator = await Models.LoadDenseAsync(folder, EngineSettings.Default, cancellationToken).ConfigureAwait(false);
        await using (generator.ConfigureAwait(false))
        {
            Embedding<float> embedding = await generator.GenerateAsync(Sentence, cancellationToken: cancellationToken).ConfigureAwait(false);
            return $"Loads from {Describe(folder, generator.Model.ModelFile)}: a dense model of {embedding.Vector.Length} dimensions.";
        }
    }

    private static string Describe(string folder, string file) =>
        $"{Path.GetRelativePath(folder, file).Replace('\\', '/')}{(file.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? "" : " (weights)")}";
}
