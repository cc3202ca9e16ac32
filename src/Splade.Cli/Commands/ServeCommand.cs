using System.CommandLine;
using System.Net;
using Splade.AI;
using Splade.Cli.Serving;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Models as a server for other programs.</summary>
internal static class ServeCommand
{
    private const int HighestPort = 65535;

    private static readonly ServeSettings Defaults = new() { Folder = "" };

    public static Command Create()
    {
        Argument<string> folder = Parameters.SparseFolder();
        Option<string?> dense = Folder("--dense", "Serve this dense model too, at /embed and /v1/embeddings [default: none]");
        Option<string?> rerank = Folder("--rerank", "Serve this cross-encoder too, at /rerank [default: none]");
        Option<IPAddress?> host = Host();
        Option<int?> port = Parameters.Number("--port", "N", least: 0, $"Listen at this port; 0 for a free one [default: {Defaults.Port}]");
        Option<string?> key = new("--api-key")
        {
            Description = "Answer those only who send the key that is in this variable of the environment, as Authorization: Bearer [default: everybody]",
            HelpName = "VARIABLE",
        };
        Option<int?> batch = Parameters.Number("--max-batch", "N", least: 1, $"Take at most N texts in a request [default: {Defaults.MaxBatchSize}]");
        Option<int?> concurrent = Parameters.Number(
            "--max-concurrent", "N", least: 1, $"Have at most N texts under way, waiting ones included, and answer 429 beyond [default: {Defaults.MaxConcurrentTexts}]");
        Option<int?> body = Parameters.Number("--max-body", "BYTES", least: 1, $"Take at most so many bytes in a request [default: {Defaults.MaxBodyBytes}]");
        Option<int?> characters = Parameters.Number(
            "--max-characters", "N", least: 1, $"Take texts of at most N characters [default: {Defaults.MaxCharacters}]");
        Option<bool> truncate = new("--auto-truncate") { Description = "Cut texts to what a model reads where a request does not say [default: refuse them]" };
        Option<Precision> precision = Parameters.Precision();
        Option<string?> policy = Parameters.Policy();
        var engine = new EngineParameters();
        var command = new PatientCommand(
            "serve",
            "Serve models over HTTP until Ctrl+C or SIGTERM: /embed_sparse, /embed, /rerank, /info and /health as Text Embeddings Inference, /v1/embeddings as "
            + "OpenAI, /metrics for Prometheus. What is under way is finished before it ends",
            Defaults.TimeToEnd + TimeSpan.FromSeconds(5))
        {
            folder, dense, rerank, host, port, key, batch, concurrent, body, characters, truncate, precision, policy,
        };
        engine.AddTo(command);
        return command.Runs((result, cancellationToken) => RunAsync(
            new ServeSettings
            {
                Folder = result.GetRequiredValue(folder),
                DenseFolder = result.GetValue(dense),
                RerankFolder = result.GetValue(rerank),
                Engine = engine.Read(result) with { Precision = result.GetValue(precision), PolicyFile = result.GetValue(policy) },
                Host = result.GetValue(host) ?? Defaults.Host,
                Port = Port(result.GetValue(port) ?? Defaults.Port),
                ApiKey = result.GetValue(key) is string variable ? KeyIn(variable) : null,
                MaxBatchSize = result.GetValue(batch) ?? Defaults.MaxBatchSize,
                MaxConcurrentTexts = result.GetValue(concurrent) ?? Defaults.MaxConcurrentTexts,
                MaxBodyBytes = result.GetValue(body) ?? Defaults.MaxBodyBytes,
                MaxCharacters = result.GetValue(characters) ?? Defaults.MaxCharacters,
                AutoTruncate = result.GetValue(truncate),
            },
            cancellationToken));
    }

    private static async Task<int> RunAsync(ServeSettings settings, CancellationToken cancellationToken)
    {
        if (settings.MaxBatchSize > settings.MaxConcurrentTexts)
        {
            throw new CommandFailedException(
                $"--max-batch is {settings.MaxBatchSize}, but --max-concurrent lets {settings.MaxConcurrentTexts} texts in. Give as many there or more.");
        }

        EncoderServer server = await EncoderServer.StartAsync(settings, cancellationToken).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            if (settings.ApiKey is null && !IPAddress.IsLoopback(settings.Host))
            {
                StandardError.WriteLine($"Whoever reaches {settings.Host} may use the server: no --api-key is asked for.");
            }

            StandardError.WriteLine($"Serving {server.Address.GetLeftPart(UriPartial.Authority)} until Ctrl+C.");
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            StandardError.WriteLine("Stopping: what is under way is finished.");
            await server.StopAsync().ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }

    private static Option<string?> Folder(string name, string description) => new(name) { Description = description, HelpName = "FOLDER" };

    private static Option<IPAddress?> Host() => new("--host")
    {
        Description = "Listen at this address; 0.0.0.0 or :: for all of the machine [default: 127.0.0.1]",
        HelpName = "ADDRESS",
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (text == "localhost")
            {
                return IPAddress.Loopback;
            }

            if (!IPAddress.TryParse(text, out IPAddress? address))
            {
                argument.AddError($"--host is '{text}', expected an address such as 127.0.0.1 or 0.0.0.0.");
            }

            return address;
        },
    };

    private static int Port(int port) => port <= HighestPort ? port : throw new CommandFailedException($"--port is {port}, expected at most {HighestPort}.");

    private static string KeyIn(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } key ? key : throw new CommandFailedException(
        $"--api-key names the variable '{variable}', which is not set. Set it to the key, and give its name: a key on the command line is seen by others.");
}
