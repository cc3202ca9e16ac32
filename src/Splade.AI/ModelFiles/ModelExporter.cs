using System.Text.Json;
using Splade.AI.Files;
using Splade.AI.OnnxGraph;

namespace Splade.AI.ModelFiles;

/// <summary>Writes models as ONNX files, for other runtimes.</summary>
/// <remarks>Thread-safe.</remarks>
public static class ModelExporter
{
    /// <summary>Writes the neural model of a folder, as it is loaded from there, with all its weights as an ordinary ONNX file.</summary>
    /// <remarks>
    /// <para>
    /// A SPLADE model gives <c>logits</c> of shape [texts, tokens, vocabulary], a dense one <c>last_hidden_state</c> of shape [texts, tokens, width], a
    /// reranker <c>logits</c> of shape [texts, labels]. Inputs are <c>input_ids</c>, <c>attention_mask</c> and for BERT <c>token_type_ids</c>, of shape
    /// [texts, tokens] in int64. Pooling and activation are not in the file: whoever runs it does them. Weights in half precision stay as they are, and are
    /// made float32 when the file is loaded.
    /// </para>
    /// <para>The files have other names until they are whole. No weight is held in memory.</para>
    /// </remarks>
    /// <param name="folder">A folder with a SPLADE model, a dense model or a reranker.</param>
    /// <param name="path">
    /// The ONNX file, which must not be there yet. Of more than 2 GB, the weights go to a second file of the same name with <c>.data</c> at its end.
    /// </param>
    /// <param name="modelFile">What to load, as <see cref="EncoderOptions.ModelFile"/>; null for the usual.</param>
    /// <param name="progress">Told what share is written, from 0 to 1; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work early. Nothing is left then.</param>
    /// <returns>The full paths of the files, the ONNX file first.</returns>
    /// <exception cref="SpladeModelException">The model cannot be read, or is not supported.</exception>
    /// <exception cref="IOException">A file is there already, or cannot be written; a folder is not there.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<IReadOnlyList<string>> ExportOnnxAsync(
        string folder, string path, string? modelFile = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string target = Path.GetFullPath(path);
        return Task.Run(() => ModelExport.Write(Find(folder, modelFile), target, progress, cancellationToken: cancellationToken), cancellationToken);
    }

    private static GraphSource Find(string folder, string? modelFile)
    {
        ModelFolder files = ModelFolder.Read(folder);
        (string transformer, TransformerTask task) = files.Modules is null && IsReranker(files.Path) ? (files.Path, TransformerTask.SequenceClassification)
            : files.Modules is [_, { Kind: "Pooling" }, ..] ? (DenseModel.Read(folder, modelFile).Transformer.Path, TransformerTask.FeatureExtraction)

            // Logits are the same whatever is made of them.
            : (SpladeModel.Read(folder, modelFile, files.Modules is null ? SpladeActivation.Relu : null).Transformer.Path, TransformerTask.FillMask);
        return ModelSource.Find(transformer, modelFile, JsonFile.Read(Path.Combine(transformer, "config.json")), task, isPortable: true).Graph;
    }

    private static bool IsReranker(string folder) =>
        JsonFile.ReadIfExists(Path.Combine(folder, "config.json")) is JsonElement config
        && TransformerFolder.ArchitecturesOf(config).Any(name => name.EndsWith(TransformerTask.Classifier, StringComparison.Ordinal));
}
