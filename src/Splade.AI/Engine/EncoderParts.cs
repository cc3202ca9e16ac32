using Microsoft.Extensions.Logging;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx;
using Splade.AI.Telemetry;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>The files of an encoder, read and checked, before its model is loaded.</summary>
/// <param name="Files">The folder.</param>
/// <param name="Transformer">The transformer in it.</param>
/// <param name="Tokenizer">Its tokenizer.</param>
/// <param name="Settings">How it will be run.</param>
/// <param name="Options">The options that it is loaded with.</param>
internal sealed record EncoderParts(ModelFolder Files, TransformerFolder Transformer, Tokenizer Tokenizer, OnnxSettings Settings, EncoderOptions Options)
{
    public string Name => Files.Name;

    /// <exception cref="SpladeModelException">The files do not agree.</exception>
    /// <exception cref="ArgumentException">The options ask for more tokens than the model reads.</exception>
    public static EncoderParts Read(ModelFolder files, TransformerFolder transformer, EncoderOptions options, ILogger logger)
    {
        OnnxSettings settings = options.ToSettings(transformer, logger) with { Model = files.Name };
        Tokenizer tokenizer = Tokenizer.Load(transformer.TokenizerFile);
        TransformerChecks.Require(transformer, tokenizer);
        Log.ReportUnknown(logger, files.Name, transformer.UnknownSettings);
        settings = settings with { TruncatesLeft = transformer.TruncatesLeft(tokenizer) };
        return new EncoderParts(files, transformer, tokenizer, settings, options);
    }

    /// <summary>The options of a call, over those of the model.</summary>
    /// <exception cref="ArgumentException">They ask for what the model does not have.</exception>
    public TextCall Call(SpladeEncodingOptions options) =>
        new(Files, Transformer.MaxTokens, Tokenizer, Settings.MaxTokens, options.Or(Options.Encoding));
}
