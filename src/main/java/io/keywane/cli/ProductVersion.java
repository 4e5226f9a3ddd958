package io.keywane.cli;

import io.keywane.control.Product;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class ProductVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[]{"keywane " + Product.version()};
    }
}
