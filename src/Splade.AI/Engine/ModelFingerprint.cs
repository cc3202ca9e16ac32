using System.Security.Cryptography;
using System.Text;
using Splade.AI.Files;
using Splade.AI.ModelFiles;

namespace Splade.AI;

/// <summary>A hash over what a model makes its vectors of: the contents of its files, and what the small ones among them say.</summary>
/// <remarks>Safe for concurrent use. The files are read when it is first asked for: SHA-256 takes a second for each gigabyte or two.</remarks>
internal sealed class ModelFingerprint
{
    private readonly TransformerFolder _transformer;
    private readonly string[] _others;
    private readonly string[] _settings;
    private readonly FileStamps _stamps;
    private readonly Lazy<string> _value;

    private ModelFingerprint(TransformerFolder transformer, string[] others, ModelFolder folder, params ReadOnlySpan<string> settings)
    {
        _transformer = transformer;
        _others = [.. transformer.TextFiles, .. others];
        _settings =
        [
            .. settings, folder.DefaultPromptName ?? "",
            .. folder.Prompts.OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany(p => new[] { p.Key, p.Value }),
        ];
        _stamps = new FileStamps([.. transformer.Source.Graph.Files, .. _others]);

        // A file that could not be read is tried again.
        _value = new Lazy<string>(Compute, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The hash, in lower-case hexadecimal digits. Names and places of files are not in it.</summary>
    /// <exception cref="SpladeModelException">A file was replaced since the model was loaded: the hash would be that of another model.</exception>
    public string Value => _value.Value;

    public static ModelFingerprint Of(SpladeModel model) => new(
        model.Transformer,
        model.StaticQuery is StaticQueryFolder queries ? [.. TransformerFolder.TokenizerFiles(queries.TokenizerFile), queries.WeightsFile] : [],
        model.Files,
        $"{model.Pooling}",
        $"{model.Activation}",
        $"{model.StaticQuery?.MaxTokens}");

    public static ModelFingerprint Of(DenseModel model) => new(
        model.Transformer, [.. model.Layers.SelectMany(layer => layer.Files)], model.Files, $"{model.Pooling}", $"{model.Normalize}");

    /// <param name="parts">The files of the model.</param>
    /// <param name="others">Its files beside the transformer's.</param>
    /// <param name="settings">What its vectors depend on beside the files.</param>
    public static ModelFingerprint Of(EncoderParts parts, string[] others, params ReadOnlySpan<string> settings) =>
        new(parts.Transformer, others, parts.Files, settings);

    private string Compute()
    {
        if (_stamps.FindChanged() is string changed)
        {
            throw new SpladeModelException(
                "The file was replaced after the model was loaded, so that nothing tells what was loaded. Load the model again.", changed);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in _transformer.Source.Graph.FindFiles().Concat(_others))
        {
            hash.AppendData(CheckedFile.ComputeHash(path));
        }

        foreach (string setting in _settings)
        {
            // The length keeps settings apart, whatever characters they have.
            hash.AppendData(Encoding.UTF8.GetBytes($"{setting.Length}:{setting}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
