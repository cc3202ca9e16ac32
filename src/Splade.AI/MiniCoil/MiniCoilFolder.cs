using System.Text.Json;
using Splade.AI.Files;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx.Outputs;
using Splade.AI.OnnxGraph;

namespace Splade.AI.MiniCoil;

/// <summary>A folder in FastEmbed's layout of miniCOIL: told by the two files of its known words.</summary>
/// <param name="Files">The folder.</param>
/// <param name="Transformer">The transformer in it, with FastEmbed's limit of tokens.</param>
/// <param name="Hidden">The output with the hidden states.</param>
/// <param name="Words">The known words.</param>
/// <param name="Matrices">Their matrices.</param>
/// <param name="OtherFiles">The files of these and of the stop words, in that order.</param>
internal sealed record MiniCoilFolder(
    ModelFolder Files, TransformerFolder Transformer, ReadOutput Hidden, KnownWords Words, WordMatrices Matrices, string[] OtherFiles)
{
    private static readonly string[] Names = ["minicoil.triplet.model.vocab", "minicoil.triplet.model.npy", "stopwords.txt"];

    /// <summary>The file of the stop words.</summary>
    public string StopWords => OtherFiles[2];

    /// <exception cref="SpladeModelException">A file is missing or wrong, or the folder holds another model.</exception>
    public static MiniCoilFolder Read(string folder, string? modelFile)
    {
        ModelFolder files = ModelFolder.Read(folder);
        string[] others = [.. Names.Select(name => Path.Combine(files.Path, name))];
        if (others.Where(file => !CheckedFile.Exists(file)).ToArray() is { Length: > 0 } missing)
        {
            throw new SpladeModelException(
                $"The folder lacks {string.Join(" and ", missing.Select(Path.GetFileName))}. Expected miniCOIL as FastEmbed publishes it, with "
                + $"{string.Join(", ", Names)}. Copy all of the model's files.", files.Path);
        }

        var transformer = TransformerFolder.Read(files.Path, TransformerTask.FeatureExtraction, modelFile);
        JsonElement config = JsonFile.Read(Path.Combine(files.Path, "config.json"));
        var words = KnownWords.Read(others[0]);
        var matrices = WordMatrices.Read(others[1], words.Count);
        return new MiniCoilFolder(
            files,
            transformer with { MaxTokens = TokenLimit.OfFastEmbed(transformer.TokenizerConfig, config, files.Path) },
            new ReadOutput(FirstOutput(transformer.Source), OutputKind.Tokens, matrices.Width),
            words,
            matrices,
            others);
    }

    private static string FirstOutput(ModelSource source)
    {
        using OnnxFile model = source.Graph.Open();
        return model.Outputs is [{ Dimensions.Count: 3 } hidden, ..] ? hidden.Name : throw new SpladeModelException(
            $"The model gives [{string.Join(", ", model.Outputs.Select(o => $"'{o.Name}' of rank {o.Dimensions?.Count}"))}], expected hidden states of rank 3 "
            + "first, [texts, tokens, width].", source.Path);
    }
}
