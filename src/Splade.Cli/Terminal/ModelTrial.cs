using Microsoft.Extensions.AI;
using Splade.AI;
using Splade.AI.ModelFiles;

namespace Splade.Cli.Terminal;

/// <summary>Loads a model and encodes a sentence, to see that it can.</summary>
internal static class ModelTrial
{
    private const string Sentence = "The moon landing was watched by half a billion people.";

    /// <summary>What the model is and gave, in a line.</summary>
    /// <exception cref="SpladeModelException">It cannot be loaded.</exception>
    public static Task<string> RunAsync(string folder, CancellationToken cancellationToken) =>
        DenseModel.IsIn(folder) ? TryDenseAsync(folder, cancellationToken) : TrySparseAsync(folder, cancellationToken);

    private static async Task<string> TrySparseAsync(string folder, CancellationToken cancellationToken)
    {
        SpladeEngine engine = await Models.LoadAsync(folder, cancellationToken).ConfigureAwait(false);
        await using (engine.ConfigureAwait(false))
        {
            SparseVector vector = (await engine.EncodeAsync([Sentence], cancellationToken: cancellationToken).ConfigureAwait(false))[0].Vector;
            return $"Loads from {Describe(folder, engine.Model.ModelFile)}: {engine.Model.Architecture ?? "SPLADE"}, {vector.Dimensions} dimensions; "
                + $"\"{Sentence}\" has {vector.Count} terms.";
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
