using Splade.AI.OnnxGraph;
using Splade.AI.Pooling;

namespace Splade.AI.Onnx;

/// <summary>A model that is opened while its tokenizer is read: on two processors an engine is ready a third sooner.</summary>
/// <remarks>
/// How many logits a sparse model has is only known for certain from the tokenizer. Where its files say another number, or opening fails,
/// nothing comes of it: the model is opened again when the tokenizer is there, and what is wrong is reported then.
/// </remarks>
internal sealed class OpeningAhead : IDisposable
{
    private readonly Task<OpenedModel?> _opening;
    private bool _taken;

    private OpeningAhead(Func<OpenedModel> open) => _opening = Task.Run(() =>
    {
        try
        {
            return open();
        }
        catch (SpladeModelException)
        {
            return null;
        }
    });

    /// <summary>Begins with a model whose rows need no decoder; null where a device is to be chosen.</summary>
    /// <param name="name">The model's name, for the log.</param>
    /// <param name="graph">The model's graph.</param>
    /// <param name="width">The expected length of a row; null to take what the model has.</param>
    /// <param name="settings">How the model will be run.</param>
    public static OpeningAhead? BeginRows(string name, GraphSource graph, int? width, OnnxSettings settings) =>
        settings.Devices.Provider == ExecutionProvider.Cpu && settings.Place != DecoderPlace.PlainGraph
            ? new OpeningAhead(() => OpenedModel.Open(name, width, ModelPlan.ForRows(graph, settings.Precision), settings, OnnxDevice.Cpu))
            : null;

    /// <summary>Begins; null where there is nothing to begin with.</summary>
    /// <param name="name">The model's name, for the log.</param>
    /// <param name="graph">The model's graph.</param>
    /// <param name="vocabulary">How many entries the model's files say the vocabulary has; null if they do not.</param>
    /// <param name="pooling">How the logits of a text's tokens become one row.</param>
    /// <param name="settings">How the model will be run.</param>
    public static OpeningAhead? Begin(string name, GraphSource graph, int? vocabulary, LogitPooling pooling, OnnxSettings settings) =>
        vocabulary is int expected && settings.Devices.Provider == ExecutionProvider.Cpu
            ? new OpeningAhead(() => OpenedModel.Open(
                name,
                expected,
                ModelPlan.Create(graph, expected, pooling, settings.PlaceOn(OnnxDevice.Cpu), settings.Precision),
                settings,
                OnnxDevice.Cpu))
            : null;

    /// <summary>The model, which the caller owns from now on; null if it is not the one that is wanted.</summary>
    public OpenedModel? Take(int? vocabulary)
    {
        OpenedModel? opened = _opening.GetAwaiter().GetResult();
        if (_taken || opened?.Vocabulary != vocabulary)
        {
            return null;
        }

        _taken = true;
        return opened;
    }

    /// <summary>Frees the model if nobody took it.</summary>
    public void Dispose()
    {
        if (!_taken)
        {
            _opening.GetAwaiter().GetResult()?.Dispose();
        }
    }
}
