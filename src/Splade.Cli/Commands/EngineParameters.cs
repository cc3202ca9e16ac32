using System.CommandLine;
using Splade.AI.ModelFiles;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>The options of the commands that encode much: what the model runs on.</summary>
/// <param name="hasActivation">Whether models may have to be told their activation, as some of SPLADE.</param>
internal sealed class EngineParameters(bool hasActivation = true)
{
    private readonly Option<DeviceName?> _device = new("--device")
    {
        Description = "Run on cpu, on CUDA devices (cuda is cuda:0), or on auto: on CUDA if it can be used, else on the processors [default: cpu]",
        HelpName = "cpu|cuda|cuda:N[,cuda:M]|auto",
        CustomParser = argument =>
        {
            string name = argument.Tokens[0].Value;
            var device = DeviceName.TryParse(name);
            if (device is null)
            {
                argument.AddError($"--device is '{name}', expected cpu, auto, cuda, or different devices such as cuda:0,cuda:1.");
            }

            return device;
        },
    };

    private readonly Option<int?> _threads = Parameters.Number(
        "--threads", "N", least: 1, "Use N threads of the processors in each run [default: all of them in a run that is alone, else a worker's share]");

    private readonly Option<int?> _workers = Parameters.Number(
        "--workers", "N", least: 1, "Make N runs at a time on each device [default: as many as there are processors; 2 on CUDA]");

    private readonly Option<SpladeActivation?> _activation = Parameters.Choice<SpladeActivation?>(
        "--activation",
        "What makes weights of logits, for a model whose folder does not say: relu for the logarithm once, log1p_relu for twice",
        ("relu", SpladeActivation.Relu),
        ("log1p_relu", SpladeActivation.Log1pRelu));

    public void AddTo(Command command)
    {
        command.Options.Add(_device);
        command.Options.Add(_threads);
        command.Options.Add(_workers);
        if (hasActivation)
        {
            command.Options.Add(_activation);
        }
    }

    public EngineSettings Read(ParseResult result) =>
        new(result.GetValue(_device) ?? DeviceName.Cpu, result.GetValue(_threads), result.GetValue(_workers))
        {
            Activation = hasActivation ? result.GetValue(_activation) : null,
        };
}
