using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Splade.AI.DependencyInjection;

/// <summary>What options get from the host around them, if there is one: its log, and the folder that relative paths start from.</summary>
internal sealed class ModelOptionsDefaults<TOptions>(ILoggerFactory? loggers = null, IHostEnvironment? host = null) : IPostConfigureOptions<TOptions>
    where TOptions : EncoderOptions, new()
{
    public void PostConfigure(string? name, TOptions options)
    {
        options.LoggerFactory ??= loggers;
        if (options.ModelFolder.Length > 0)
        {
            string folder = ContentRoot.Resolve(options.ModelFolder, host?.ContentRootPath);
            options.GivenFolder = options.ModelFolder;
            options.ModelFolder = options.Hub is null || Directory.Exists(folder) ? folder : options.ModelFolder;
        }
    }
}
