using Microsoft.Extensions.Logging;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx;
using Splade.AI.Onnx.Tracing;
using Splade.AI.Policy;
using Splade.AI.Pooling;
using Splade.AI.Telemetry;
using Splade.AI.TextEncoding;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>What a <see cref="SpladeEngine"/> is made of once its folder has been read, before the ONNX file is loaded.</summary>
internal sealed record SpladeParts(SpladeModel Model, Tokenizer Tokenizer, OnnxSettings Settings, StaticQueryEncoder? Queries, SpladeEngineOptions Options)
{
    /// <summary>Enough to see what kind of words they are.</summary>
    private const int WordsInLog = 10;

    /// <summary>The ONNX file, if it is being loaded already.</summary>
    public OpeningAhead? Ahead { get; private init; }

    /// <summary>The policy for the vectors; null for none.</summary>
    public BoundPolicy? Policy { get; private init; }

    /// <summary>What the vectors depend on. Made when it is first asked for.</summary>
    /// <exception cref="SpladeModelException">A file of the model was replaced since it was loaded.</exception>
    public SparseModelIdentity Identity => field ??= MakeIdentity();

    /// <summary>What tells the model from others, whatever their names.</summary>
    public ModelFingerprint Fingerprint { get; } = ModelFingerprint.Of(Model);

    public static SpladeParts Read(SpladeEngineOptions options)
    {
        ILogger logger = Log.For<SpladeEngine>(options.LoggerFactory);
        if (!SpladeModel.MayLookUpQueries(options.ModelFolder))
        {
            OnnxRuntimeStart.Begin();
        }

        SpladeModel model = SpladeModel.Read(options.ModelFolder, options.ModelFile, options.Activation);
        OnnxSettings settings = options.ToSettings(model.Transformer, logger) with { Model = model.Name, Precision = options.Precision };
        OpeningAhead? ahead = model.StaticQuery is null
            ? OpeningAhead.Begin(model.Name, model.Transformer.Source.Graph, model.StatedDimensions, LogitPoolingOf(model), settings)
            : null;
        try
        {
            Tokenizer tokenizer = Tokenizer.Load(model.Transformer.TokenizerFile);
            TransformerChecks.Require(model.Transformer, tokenizer);
            RequireDimensions(model, tokenizer);
            settings = settings with { TruncatesLeft = model.Transformer.TruncatesLeft(tokenizer) };
            Report(model, logger);
            StaticQueryEncoder? queries = ReadQueries(model, tokenizer, settings);
            BoundPolicy? policy = BindPolicy(options, model, tokenizer, queries, logger);
            var parts = new SpladeParts(model, tokenizer, settings, queries, options) { Ahead = ahead, Policy = policy };
            parts.RequireEncodings();
            return parts;
        }
        catch
        {
            ahead?.Dispose();
            throw;
        }
    }

    /// <summary>Whether the dimensions of special tokens are taken out of vectors.</summary>
    public bool DropsSpecialTokens => Options.DropSpecialTokens || Model.LeavesOutSpecialTokens;

    /// <summary>
    /// How many logits the model is thought to have for each token: those of the vocabulary, or more, as where its makers filled them up to a
    /// multiple of 64. No token has the others, and no vector has them.
    /// </summary>
    private int HeadWidth => Math.Max(LeastWidth, Model.StatedDimensions ?? 0);

    /// <summary>How many it must have.</summary>
    private int LeastWidth => Math.Max(Tokenizer.Vocabulary.Count, Model.PoolingConfig.Dimensions ?? 0);

    /// <summary>Has the defaults of calls checked as those of a call are, before there is one.</summary>
    private void RequireEncodings()
    {
        _ = new SpladeCall(this, new SpladeEncodingOptions { InputType = EmbeddingInputType.Query });
        _ = new SpladeCall(this, new SpladeEncodingOptions { InputType = EmbeddingInputType.Document });
        TextWindows.RequireOverlap(Options.Encoding.WindowOverlap, Settings.MaxTokens - Tokenizer.SpecialTokenCount, "options");
    }

    /// <summary>Loads the model.</summary>
    public SpladeNeural LoadNeural()
    {
        using OpeningAhead? ahead = Ahead;
        var reduction = new TokenReduction(LogitPoolingOf(Model));
        var loader = new OnnxModelLoader(Model.Name, Model.Transformer.Source.Graph, HeadWidth, reduction, Settings, Tokenizer) { Ahead = ahead, LeastWidth = LeastWidth };
        IReadOnlyList<OnnxModel<SparseVector>> runners = loader.LoadOnAll(PoolingFor);
        var encoder = new TextEncoder<SparseVector>(Tokenizer, runners, Settings)
        {
            Merge = (left, right) => left.Max(right),
        };
        if (runners[0].Width > Tokenizer.Vocabulary.Count)
        {
            Log.HeadIsWider(Settings.Logger, Model.Name, runners[0].Width, Tokenizer.Vocabulary.Count);
        }

        bool addsUp = Model.Pooling == PoolingStrategy.Sum;
        var tracer = new SpladeTracer(runners[0], Activate, addsUp, Settings.PadTokenId, OpenTracing);

        // All run the same file on the same kind of device. If one cannot do what the others can, less is promised.
        return new SpladeNeural(encoder, tracer, runners.Select(r => r.PrecisionInUse).MinBy(p => p.Precision)!);
    }

    private SparseModelIdentity MakeIdentity()
    {
        VocabularyPolicy? policy = Policy?.Policy;
        return new SparseModelIdentity
        {
            ModelName = Model.Name,
            ModelHash = Fingerprint.Value,
            Dimensions = Tokenizer.Vocabulary.Count,
            VocabularyHash = Tokenizer.Vocabulary.ComputeHash(),
            Pooling = Model.Pooling,
            Activation = Model.Activation,
            InferenceFreeQueries = Model.HasInferenceFreeQueries,
            PolicyHash = policy is { Rules.Count: > 0 } ? policy.Hash : null,
            DocumentPolicyHash = policy?.HashFor(EmbeddingInputType.Document),
            QueryPolicyHash = policy?.HashFor(EmbeddingInputType.Query),
        };
    }

    private float Activate(float logit) =>
        Model.Activation == SpladeActivation.Relu ? LogActivation.Once(logit) : LogActivation.Twice(logit);

    private TracingModel OpenTracing()
    {
        TracingModel opened = TracingModel.Open(
            Model.Name, Model.Transformer.Source.Graph, HeadWidth, LogitPoolingOf(Model), Settings);
        Log.TracesOnProcessors(Settings.Logger, Model.Name);
        return opened;
    }

    private static LogitPooling LogitPoolingOf(SpladeModel model) => (model.Pooling, model.Activation) switch
    {
        (PoolingStrategy.Max, _) => LogitPooling.Max,
        (_, SpladeActivation.Relu) => LogitPooling.SumOfRelu,
        _ => LogitPooling.SumOfLog1pRelu,
    };

    private RowPooling<SparseVector> PoolingFor(int width, bool areWeights)
    {
        RowPooling<SparseVector> pool = areWeights ? SpladePooling.FromWeights
            : Model.Activation == SpladeActivation.Relu ? SpladePooling.FromMaxima
            : SpladePooling.FromMaximaTwice;
        int tokens = Tokenizer.Vocabulary.Count;
        return width == tokens ? pool : row => pool(row[..tokens]);
    }

    private static StaticQueryEncoder? ReadQueries(SpladeModel model, Tokenizer documents, OnnxSettings settings)
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

        folder.TokenizerConfig.RequireAgreement(tokenizer.Facts, tokenizer.Template.BeforeCount, tokenizer.Template.AfterCount);
        TokenizationOptions tokenization = settings.Tokenization with
        {
            MaxTokens = folder.MaxTokens ?? int.MaxValue,
            TruncatesLeft = folder.TokenizerConfig.TruncatesLeft ?? tokenizer.Facts.TruncatesLeft,
        };
        return new StaticQueryEncoder(tokenizer, StaticQueryWeights.Read(folder, tokenizer.Vocabulary), tokenization)
        {
            TokensLeftOut = folder.IsModule ? 0 : tokenizer.SpecialTokenCount,
        };
    }

    private static BoundPolicy? BindPolicy(
        SpladeEngineOptions options, SpladeModel model, Tokenizer tokenizer, StaticQueryEncoder? queries, ILogger logger)
    {
        if (options.Policy is not VocabularyPolicy policy)
        {
            return null;
        }

        BoundPolicy bound = policy.Bind(tokenizer, queries?.Tokenizer);
        Log.PolicyInUse(logger, model.Name, policy.Rules.Count, policy.Hash);
        if (bound.PassedOver.Count > 0)
        {
            Log.PolicyWordsPassedOver(logger, model.Name, bound.PassedOver.Count, string.Join(", ", bound.PassedOver.Take(WordsInLog)));
        }

        return bound;
    }

    private static void RequireDimensions(SpladeModel model, Tokenizer tokenizer)
    {
        if (model.PoolingConfig.Dimensions is int dimensions && dimensions < tokenizer.Vocabulary.Count)
        {
            throw new SpladeModelException(
                $"SpladePooling says 'embedding_dimension' {dimensions}, but the vocabulary has {tokenizer.Vocabulary.Count} tokens. "
                + "tokenizer.json belongs to another model.",
                model.Transformer.TokenizerFile);
        }
    }

    private static void Report(SpladeModel model, ILogger logger)
    {
        Log.ReportUnknown(logger, model.Name, model.Transformer.UnknownSettings);
        if (model.OtherModelFiles.Count > 0)
        {
            Log.OtherModelFiles(logger, model.Name, string.Join(", ", model.OtherModelFiles.Select(f => Path.GetRelativePath(model.Folder, f))));
        }

        if (model.IsNonCommercial)
        {
            Log.NonCommercialLicense(logger, model.Name, model.License!);
        }
    }
}
