using Splade.AI.Pooling;
using Splade.AI.Telemetry;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>Loads a model on each of the devices that a user asks for.</summary>
/// <param name="Name">The model's name, for the log.</param>
/// <param name="Path">The ONNX file.</param>
/// <param name="Width">The expected length of a row; null to take what the model has.</param>
/// <param name="Reduction">How the rows of a text's tokens become one.</param>
/// <param name="Settings">How it will be run.</param>
/// <param name="Tokenizer">The model's tokenizer.</param>
internal sealed record OnnxModels(string Name, string Path, int? Width, TokenReduction Reduction, OnnxSettings Settings, Tokenizer Tokenizer)
{
    /// <summary>The model, if its opening was begun before the tokenizer was there.</summary>
    public OpeningAhead? Ahead { get; init; }

    /// <summary>The least length of a row; null where it must have the expected one.</summary>
    public int? LeastWidth { get; init; }

    /// <param name="poolingFor">What makes vectors of rows of a length that are weights already, or are not.</param>
    /// <exception cref="SpladeModelException">The model cannot be used, or not on these devices.</exception>
    public IReadOnlyList<OnnxModel<TVector>> Load<TVector>(Func<int, bool, RowPooling<TVector>> poolingFor) => Settings.Devices.Open(
        device => LoadOn(device, poolingFor),
        (device, reason) => Log.DeviceNotUsed(Settings.Logger, Name, device.ToString(), reason.Message));

    private OnnxModel<TVector> LoadOn<TVector>(OnnxDevice device, Func<int, bool, RowPooling<TVector>> poolingFor)
    {
        (OnnxRows rows, ProbeResult probe) = new OnnxModelLoader(Name, Path, Width, Reduction, Settings, Tokenizer) { Ahead = Ahead, LeastWidth = LeastWidth }.Load(device);
        int runs = device == OnnxDevice.Cpu ? Settings.Workers.Runs : Settings.RunsOnDevice;
        return new OnnxModel<TVector>(rows, probe, poolingFor(rows.Width, rows.AreWeights(probe.HasNegatives)), device, runs);
    }
}
