using Microsoft.Extensions.Logging;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx;
using Splade.AI.Pooling;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>What a <see cref="SpladeEngine"/> is made of once its folder has been read, before the ONNX file is loaded.</summary>
internal sealed record SpladeParts(SpladeModel Model, Tokenizer Tokenizer, EncoderSettings Settings, StaticQueryEncoder? Queries, SpladeEngineOptions Options)
{
    /// <summary>The ONNX file, if it is being loaded already.</summary>
    public OpeningAhead? Ahead { get; private init; }

    public static SpladeParts Read(SpladeEngineOptions options)
    {
        ILogger logger = Log.For<SpladeEngine>(options.LoggerFactory);
        SpladeModel model = SpladeModel.Read(options.ModelFolder, options.OnnxFile);
        EncoderSettings settings = options.ToSettings(model.Transformer, logger) with { Model = model.Name, Precision = options.Precision };
        OpeningAhead? ahead = model.StaticQuery is null
            ? OpeningAhead.Begin(
                model.Name, model.OnnxFile, model.PoolingConfig.Dimensions ?? model.Transformer.VocabularySize, ReductionOf(model), settings)
            : null;
        try
        {
            Tokenizer tokenizer = Tokenizer.Load(model.Transformer.TokenizerFile);
            TransformerChecks.Require(model.Transformer, tokenizer);
            RequireDimensions(model, tokenizer);
            Report(model, logger);
            return new SpladeParts(model, tokenizer, settings, ReadQueries(model, tokenizer, settings), options) { Ahead = ahead };
        }
        catch
        {
            ahead?.Dispose();
            throw;
        }
    }

    /// <summary>Loads the ONNX file.</summary>
    public TextEncoder<SparseVector> LoadNeural()
    {
        using OpeningAhead? ahead = Ahead;
        var files = new OnnxRunners(Model.Name, Model.OnnxFile, Tokenizer.Vocabulary.Count, ReductionOf(Model), Settings, Tokenizer) { Ahead = ahead };
        IReadOnlyList<OnnxRunner<SparseVector>> runners = files.Load(PoolingFor);
        return new TextEncoder<SparseVector>(Tokenizer, runners, Settings, typeof(SpladeEngine))
        {
            // All run the same file on the same kind of device. If one cannot do what the others can, less is promised.
            PrecisionInUse = runners.Select(r => r.PrecisionInUse).MinBy(p => p.Precision)!,
        };
    }

    private static TokenReduction ReductionOf(SpladeModel model) => (model.Pooling, model.Activation) switch
    {
        (PoolingStrategy.Max, _) => TokenReduction.Max,
        (_, SpladeActivation.Relu) => TokenReduction.SumOfRelu,
        _ => TokenReduction.SumOfLog1pRelu,
    };

    private RowPooling<SparseVector> PoolingFor(OnnxModel onnx) =>
        onnx.GivesWeights ? SpladePooling.FromWeights
        : Model.Activation == SpladeActivation.Relu ? SpladePooling.FromMaxima
        : SpladePooling.FromMaximaTwice;

    private static StaticQueryEncoder? ReadQueries(SpladeModel model, Tokenizer documents, EncoderSettings settings)
    {
        if (model.StaticQuery is not StaticQueryFolder folder)
        {
            return null;
        }

        Tokenizer tokenizer = Tokenizer.Load(folder.TokenizerFile);
        if (tokenizer.Vocabulary.Count != documents.Vocabulary.Count)
        {
            throw new SpladeModelException(
                $"Queries have a vocabulary of {tokenizer.Vocabulary.Count} tokens, documents one of {documents.Vocabulary.Count}. Expected the same.",
                folder.TokenizerFile);
        }

        float[] weights = StaticQueryWeights.Read(folder.WeightsFile, tokenizer.Vocabulary);
        int limit = folder.MaxTokens > 0 ? folder.MaxTokens : int.MaxValue;
        return new StaticQueryEncoder(tokenizer, weights, limit, settings.SpecialTokensInText);
    }

    private static void RequireDimensions(SpladeModel model, Tokenizer tokenizer)
    {
        if (model.PoolingConfig.Dimensions is int dimensions && dimensions != tokenizer.Vocabulary.Count)
        {
            throw new SpladeModelException(
                $"SpladePooling says 'embedding_dimension' {dimensions}, but the vocabulary has {tokenizer.Vocabulary.Count} tokens. "
                + "tokenizer.json belongs to another model.",
                model.Transformer.TokenizerFile);
        }
    }

    private static void Report(SpladeModel model, ILogger logger)
    {
        if (model.OtherOnnxFiles.Count > 0)
        {
            Log.OtherOnnxFiles(logger, model.Name, string.Join(", ", model.OtherOnnxFiles.Select(f => Path.GetRelativePath(model.Folder, f))));
        }

        if (model.IsNonCommercial)
        {
            Log.NonCommercialLicense(logger, model.Name, model.License!);
        }
    }
}
