using Splade.AI.Decoding;
using Splade.AI.OnnxGraph;
using Splade.AI.Pooling;
using Splade.AI.Telemetry;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>Loads a model and runs small texts, to see what the file leaves open.</summary>
/// <param name="Name">The model's name, for the log.</param>
/// <param name="Graph">The model's graph.</param>
/// <param name="Width">The expected length of a row; null to take what the model has.</param>
/// <param name="Reduction">How the rows of a text's tokens become one.</param>
/// <param name="Settings">How it will be run.</param>
/// <param name="Tokenizer">The model's tokenizer.</param>
internal sealed record OnnxModelLoader(string Name, GraphSource Graph, int? Width, TokenReduction Reduction, OnnxSettings Settings, Tokenizer Tokenizer)
{
    /// <summary>The model, if its opening was begun before the tokenizer was there.</summary>
    public OpeningAhead? Ahead { get; init; }

    /// <summary>The least length of a row; null where it must have the expected one.</summary>
    public int? LeastWidth { get; init; }

    /// <summary>Opens sessions in place of <see cref="OpenedModel"/>, for tests of devices that are not there; null for none.</summary>
    public Func<ModelPlan, OnnxDevice, OpenedModel>? OpenWith { get; init; }

    /// <summary>Loads the model on each of the devices that a user asks for.</summary>
    /// <param name="poolingFor">What makes vectors of rows of a length that are weights already, or are not.</param>
    /// <exception cref="SpladeModelException">The model cannot be used, or not on these devices.</exception>
    public IReadOnlyList<OnnxModel<TVector>> LoadOnAll<TVector>(Func<int, bool, RowPooling<TVector>> poolingFor) => Settings.Devices.Open(
        device =>
        {
            TriedRows tried = Load(device);
            int runs = device == OnnxDevice.Cpu ? Settings.Workers.Runs : Settings.RunsOnDevice;
            return new OnnxModel<TVector>(tried, poolingFor(tried.Rows.Width, tried.GivesWeights), device, runs);
        },
        (device, reason) => DeviceReport.NotUsed(Settings.Logger, Name, device.ToString(), reason.Message));

    /// <exception cref="SpladeModelException">The file cannot be loaded, wants other inputs, gives another output, or fails.</exception>
    public TriedRows Load(OnnxDevice device)
    {
        OpenedModel? ahead = device == OnnxDevice.Cpu ? Ahead?.Take(Width) : null;
        return Load(ahead?.Plan ?? Plan(Settings.Precision, device), device, ahead);
    }

    private TriedRows Load(ModelPlan plan, OnnxDevice device, OpenedModel? opened = null)
    {
        try
        {
            return Try(opened ?? Open(plan, device), device);
        }
        catch (SpladeModelException e) when (!plan.IsPlain)
        {
            // What the file itself can do tells more than what was made of it. A device that cannot be used says so again.
            return plan.PrecisionInUse.Precision == Precision.Fast
                ? Load(Plan(Precision.Exact, device) with { PrecisionInUse = PrecisionInUse.NotFast(e.Message) }, device)
                : Try(Open(ModelPlan.Plain(Graph) with { Reason = e.Message, IsSmall = plan.IsSmall, PrecisionInUse = plan.PrecisionInUse }, device), device);
        }
    }

    private ModelPlan Plan(Precision precision, OnnxDevice device) => Reduction.Logits is LogitPooling pooling && Width is int vocabulary
        ? ModelPlan.Create(Graph, vocabulary, pooling, Settings.PlaceOn(device), precision)
        : Settings.Place != DecoderPlace.PlainGraph && device == OnnxDevice.Cpu ? ModelPlan.ForRows(Graph, precision)
        : AsItIs(precision);

    private ModelPlan AsItIs(Precision precision) => ModelPlan.Plain(Graph) with
    {
        PrecisionInUse = PrecisionInUse.ExactFor(precision, "its graph runs as it is; that is so on graphics cards"),
    };

    private OpenedModel Open(ModelPlan plan, OnnxDevice device) =>
        OpenWith?.Invoke(plan, device) ?? OpenedModel.Open(Name, Width, plan, Settings, device);

    private TriedRows Try(OpenedModel opened, OnnxDevice device)
    {
        (_, ModelPlan plan, OnnxSessions sessions) = opened;
        IRowSource? source = null;
        try
        {
            var probe = new ModelProbe(sessions.Lone, Tokenizer, Settings, Reduction, Graph.Path);
            int width = plan.Weights?.Columns ?? probe.FindWidth(Width, LeastWidth);
            source = plan.Weights is DecoderWeights weights && Reduction.Logits is LogitPooling pooling
                ? Decode(weights, pooling, probe)
                : new GraphRows(sessions.Lone.Output.Contract, Reduction);
            var rows = new OnnxRows(sessions, plan, Reduction, source, width, Settings.Workers.Threads);
            var tried = new TriedRows(rows, probe.Run(rows));
            Report(plan, tried, device);
            return tried;
        }
        catch
        {
            opened.Dispose();
            source?.Dispose();
            throw;
        }
    }

    private DecodedRows Decode(DecoderWeights weights, LogitPooling pooling, ModelProbe probe)
    {
        int width = weights.Width;
        (IVocabularyDecoder decoder, double? share) = DecoderChoice.Create(
            weights, pooling, Settings.Screen, Settings.Cascade ? ReportCascade : null, ids => probe.HiddenStates(ids, width), Tokenizer, Settings.MaxTokens);
        if (share is double found)
        {
            Log.ScreenTried(Settings.Logger, Name, decoder is ScreenedDecoder ? "used" : "not used", 100 * found);
        }

        return new DecodedRows(decoder, width);
    }

    private void ReportCascade(bool used, double share) => Log.CascadeTried(Settings.Logger, Name, used ? "used" : "not used", 100 * share);

    private void Report(ModelPlan plan, TriedRows tried, OnnxDevice device)
    {
        if (plan.Reason is string reason)
        {
            Log.PlainGraph(Settings.Logger, Name, reason);
        }

        if (plan.PoolsLogits && device == OnnxDevice.Cpu && Settings.Place is null && LeftOutKernels.Exist)
        {
            Log.KernelsLeftOut(Settings.Logger, Name);
        }

        if (plan.PrecisionInUse.Obstacle is string obstacle)
        {
            Log.NotFast(Settings.Logger, Name, obstacle);
        }
        else if (plan.PrecisionInUse.Precision == Precision.Fast)
        {
            Log.RunsFast(Settings.Logger, Name);
        }

        if (tried.RunsOneAtATime)
        {
            Log.RunsOneAtATime(Settings.Logger, Name);
        }
    }
}
